from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0007_reasons_and_why"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='scenario',
            constraint=models.CheckConstraint(condition=models.Q(('measures__has_keys', ['applicants', 'levels', 'end'])), name='scenario_measured'),
        ),
    ]
