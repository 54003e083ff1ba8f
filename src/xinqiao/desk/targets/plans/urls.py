"""Addresses of the plan of a year: targets, letters, key management, scores, the closed year."""

from django.urls import path

from xinqiao.desk.targets.plans import closing, keys, letters, parts, scores, targets

urlpatterns = [
    path("", targets.plan, name="plan"),
    path("export/", targets.export, name="plan_export"),
    path("new/", targets.new, name="plan_new"),
    path("targets/<row:target>/", parts.target, name="plan_target"),
    path("targets/<row:target>/withdraw/", parts.withdraw, name="plan_withdraw"),
    path("letters/", letters.letters, name="plan_letters"),
    path("letters/issue/", letters.issue, name="plan_issue"),
    path("letters/export/", letters.export, name="plan_letters_export"),
    path("letters/<row:letter>/", letters.letter, name="plan_letter"),
    path("key-management/", keys.key_management, name="plan_keys"),
    path("key-management/export/", keys.export, name="plan_keys_export"),
    path("population/", keys.population, name="plan_population"),
    path("scores/", scores.scores, name="plan_scores"),
    path("scores/assess/", scores.assess, name="plan_assess"),
    path("scores/export/", scores.export, name="plan_scores_export"),
    path("scores/<row:score>/", scores.score, name="plan_score"),
    path("scores/<row:score>/appeal/", scores.appeal, name="plan_appeal"),
    path("scores/<row:score>/answer/", scores.answer, name="plan_answer"),
    path("scores/<row:score>/files/<row:file>/", scores.file, name="plan_appeal_file"),
    path("close/", closing.close, name="plan_close"),
    path("close/do/", closing.do_close, name="plan_do_close"),
    path("close/<row:closed>/", closing.document, name="plan_document"),
]
