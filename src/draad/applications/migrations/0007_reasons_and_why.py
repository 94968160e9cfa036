"""Reasons become data of a call, with their words kept in what was decided; scenarios keep why.

Every call gets the usual reasons, every decision the words that its key had, and every list the ways of appeal that its
letter named until now. A list that was signed but is not published must be signed anew, because a signature also
stands under the words from now on: let it lapse and prepare it again.
"""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from draad.methods.allocation.comparing import measure


USUAL = (
    ("budget", "Het budget volstaat niet voor alle aanvragen.", "The budget does not cover all requests.",
     False, True),
    ("advice", "De beoordelaar adviseerde een lager bedrag.", "The assessor advised a lower amount.", True, True),
    ("not_eligible", "De aanvraag komt niet in aanmerking.", "The application is not eligible.", False, False),
    ("terms", "Dit past niet bij de voorwaarden van de actie.", "This does not fit the terms of the action.",
     False, True),
    ("ceiling", "Het gevraagde bedrag ligt boven het plafond.", "The amount asked is above the ceiling.",
     False, True),
    ("cofinancing", "De eigen inbreng is niet aangetoond.", "The own contribution was not shown.", False, True),
    ("elsewhere", "Dezelfde actie krijgt al subsidie via een andere aanvraag.",
     "The same action already receives a grant through another application.", False, True),
    ("other", "Andere reden:", "Another reason:", True, True),
)  # fmt: skip
"""Key, sentence, English, whether it needs an explanation, whether it fits a part."""
APPEAL = (
    "Bent u het niet eens met deze beslissing? Dan kunt u binnen 60 dagen na de kennisgeving een verzoekschrift tot "
    "nietigverklaring indienen bij de Raad van State."
)


def give_words(apps: Any, schema_editor: Any) -> None:
    """Give every call its reasons, and what was decided the words that its letter had: none for another reason."""
    reasons = apps.get_model("applications", "DecisionReason")
    for call in apps.get_model("applications", "Call").objects.all():
        reasons.objects.bulk_create(
            reasons(call=call, key=key, sentence=dutch, sentence_en=english, needs_text=needs_text, partly=partly,
                    place=place)
            for place, (key, dutch, english, needs_text, partly) in enumerate(USUAL, start=1)
        )  # fmt: skip
    for name in ("Decision", "GrantLine", "GrantIncentive"):
        decided = apps.get_model("applications", name).objects
        for key, dutch, english, *_rest in USUAL[:-1]:
            decided.filter(reason_key=key).update(reason_sentence=dutch, reason_sentence_en=english)
    apps.get_model("applications", "DecisionList").objects.update(appeal=APPEAL)


def measure_all(apps: Any, schema_editor: Any) -> None:
    """Give every scenario what a division measures; one that was never measured gets that from its awards."""
    for scenario in apps.get_model("applications", "Scenario").objects.all():
        kept = {"levels": [], **scenario.measures}
        kept.setdefault("applicants", measured(scenario))
        end = kept.setdefault("end", None)
        if end and "reach" not in end:
            end["reach"] = "part" if end.pop("reached") else "none"
        scenario.measures = kept
        scenario.save(update_fields=["measures"])


def measured(scenario: Any) -> dict[str, Any]:
    """How equal the awards of a scenario are over applicants."""
    cents: dict[int, list[int]] = {}
    for application, claimed, amount in scenario.awards.values_list("line__application_id", "claimed", "amount"):
        both = cents.setdefault(application, [0, 0])
        both[0] += int(claimed * 100)
        both[1] += int(amount * 100)
    found = asdict(measure([(claimed, granted) for claimed, granted in cents.values()]))
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in found.items()}


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0006_answered_values'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DecisionReason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=40, verbose_name='code')),
                ('sentence', models.CharField(max_length=300, verbose_name='zin in de brief')),
                ('sentence_en', models.CharField(max_length=300, verbose_name='zin in het Engels')),
                ('partly', models.BooleanField(default=True, verbose_name='bij een deel')),
                ('refused', models.BooleanField(default=True, verbose_name='bij een weigering')),
                ('needs_text', models.BooleanField(default=False, verbose_name='toelichting nodig')),
                ('in_use', models.BooleanField(default=True, verbose_name='in gebruik')),
                ('place', models.PositiveSmallIntegerField(verbose_name='volgorde')),
                ('revision', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'reden van een beslissing',
                'ordering': ['place', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='call',
            name='appeal',
            field=models.TextField(blank=True, default='Bent u het niet eens met deze beslissing? Dan kunt u binnen 60 dagen na de kennisgeving een verzoekschrift tot nietigverklaring indienen bij de afdeling Bestuursrechtspraak van de Raad van State.', verbose_name='hoe men in beroep gaat'),
        ),
        migrations.AddField(
            model_name='decision',
            name='reason_sentence',
            field=models.CharField(blank=True, max_length=300, verbose_name='reden in woorden'),
        ),
        migrations.AddField(
            model_name='decision',
            name='reason_sentence_en',
            field=models.CharField(blank=True, max_length=300, verbose_name='reden in het Engels'),
        ),
        migrations.AddField(
            model_name='decisionlist',
            name='appeal',
            field=models.TextField(blank=True, verbose_name='hoe men in beroep gaat'),
        ),
        migrations.AddField(
            model_name='grantincentive',
            name='reason_sentence',
            field=models.CharField(blank=True, max_length=300, verbose_name='reden in woorden'),
        ),
        migrations.AddField(
            model_name='grantincentive',
            name='reason_sentence_en',
            field=models.CharField(blank=True, max_length=300, verbose_name='reden in het Engels'),
        ),
        migrations.AddField(
            model_name='grantline',
            name='reason_sentence',
            field=models.CharField(blank=True, max_length=300, verbose_name='reden in woorden'),
        ),
        migrations.AddField(
            model_name='grantline',
            name='reason_sentence_en',
            field=models.CharField(blank=True, max_length=300, verbose_name='reden in het Engels'),
        ),
        migrations.AddField(
            model_name='scenarioaward',
            name='ground',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='scenarioaward',
            name='most',
            field=models.DecimalField(decimal_places=2, max_digits=14, null=True),
        ),
        migrations.AddField(
            model_name='scenarioaward',
            name='priority',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='scenario',
            name='measures',
            field=models.JSONField(),
        ),
        migrations.AddField(
            model_name='decisionreason',
            name='call',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reasons', to='applications.call'),
        ),
        migrations.AddConstraint(
            model_name='decisionreason',
            constraint=models.UniqueConstraint(fields=('call', 'key'), name='decision_reason_once'),
        ),
        migrations.AddConstraint(
            model_name='decisionreason',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sentence', ''), _negated=True), models.Q(('sentence_en', ''), _negated=True)), name='decision_reason_says'),
        ),
        migrations.AddConstraint(
            model_name='decisionreason',
            constraint=models.CheckConstraint(condition=models.Q(('partly', True), ('refused', True), _connector='OR'), name='decision_reason_for'),
        ),
        migrations.RunPython(give_words, migrations.RunPython.noop),
        migrations.RunPython(measure_all, migrations.RunPython.noop),
    ]
