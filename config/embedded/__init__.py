"""Django's database backend `config.embedded`: PostgreSQL that is started when it is needed."""
