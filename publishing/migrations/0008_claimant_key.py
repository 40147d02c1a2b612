from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0007_webhooks")]

    operations = [
        migrations.AddField(
            model_name="currentverdict",
            name="claimant_key",
            field=models.UUIDField(null=True, help_text="The claimant as it was published."),
        ),
        migrations.AddIndex(
            model_name="currentverdict",
            index=models.Index(fields=["claimant_key", "-seq"], name="verdict_claimant_key"),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                fields=["-seq"],
                condition=models.Q(kind__in=["correction", "retraction", "reopening"]),
                name="publication_changes",
            ),
        ),
    ]
