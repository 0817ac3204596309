from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_pause_reasons")]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="substitute_sees_weeks",
            field=models.PositiveSmallIntegerField(
                blank=True,
                default=8,
                help_text="Tomt: hele historien.",
                null=True,
                verbose_name="uger før vikariatet, en vikar kan læse",
            ),
        ),
    ]
