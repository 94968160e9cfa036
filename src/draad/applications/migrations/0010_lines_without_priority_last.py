
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("applications", "0009_amendments_with_effects"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="applicationline",
            options={"ordering": ["application", models.OrderBy(models.F("priority"), nulls_last=True), "pk"], "verbose_name": "KPI-lijn van een aanvraag"},
        ),
    ]
