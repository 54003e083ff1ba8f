"""Addresses of disputes, of screening rounds and of mediations, at the desk."""

from django.urls import path

from xinqiao.desk.disputes import matters, mediations, one, register, rounds

urlpatterns = [
    path("disputes/", register.register, name="disputes"),
    path("disputes/map/", register.tile_map, name="disputes_map"),
    path("disputes/export/", register.export, name="disputes_export"),
    path("disputes/new/", register.new, name="new_dispute"),
    path("disputes/<row:dispute>/", one.dispute, name="dispute"),
    path("disputes/<row:dispute>/steps/<slug:step>/", one.step, name="dispute_step"),
    path("disputes/<row:dispute>/matter/", matters.become, name="dispute_matter"),
    path("disputes/<row:dispute>/link/", matters.link, name="dispute_link"),
    path("disputes/<row:dispute>/mediation/", mediations.new_for_dispute, name="dispute_mediation"),
    path("disputes/rounds/", rounds.rounds, name="rounds"),
    path("disputes/rounds/export/", rounds.export, name="rounds_export"),
    path("disputes/rounds/new/", rounds.new, name="new_round"),
    path("disputes/rounds/<row:round_id>/", rounds.one_round, name="round"),
    path("disputes/rounds/<row:round_id>/close/", rounds.close, name="close_round"),
    path("disputes/parts/<row:part>/", rounds.part, name="part"),
    path("mediations/", mediations.listed, name="mediations"),
    path("mediations/export/", mediations.export, name="mediations_export"),
    path("mediations/<row:mediation>/", mediations.mediation, name="mediation"),
    path("mediations/<row:mediation>/steps/<slug:step>/", mediations.step, name="mediation_step"),
    path("mediations/<row:mediation>/paper/", mediations.paper, name="mediation_paper"),
    path("matters/<number:number>/mediation/", mediations.new_for_matter, name="matter_mediation"),
]
