# The desk's image: one for the web server, the worker and migrations. compose.yaml says how they go together.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    ASSAY_ENV=production \
    ASSAY_HOME=/data

# A person without a shell or a password, and the folder for kept copies, which a new volume takes its owner from.
RUN useradd --system --user-group --no-create-home --shell /usr/sbin/nologin assay \
    && install --directory --owner=assay --group=assay --mode=0700 /data

WORKDIR /assay
COPY requirements/base.txt requirements/base.txt
RUN pip install --require-hashes --no-deps --requirement requirements/base.txt

COPY . .
# Only this step sees this secret, and it signs nothing: files are gathered, and no page is served.
RUN ASSAY_SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    ASSAY_ALLOWED_HOSTS=localhost \
    python manage.py collectstatic --noinput

USER assay
VOLUME /data
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--no-ws", "--respawn-failed-workers", "config.wsgi:application"]
