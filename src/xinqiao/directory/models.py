"""Regions, units by effective date, categories, accounts and posts."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from xinqiao.rules.persons import Role
from xinqiao.rules.units import Level, UnitKind


class Region(models.Model):
    """A region of the statistical code (GB/T 2260, 10114)."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=60)
    level = models.CharField(max_length=12)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")


class Category(models.Model):
    """A class of content, three levels deep; the code says its parents (`housing.property.fees`)."""

    code = models.CharField(max_length=120, primary_key=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    retired_on = models.DateField(null=True)  # from that day on offered no more; never deleted


class Unit(models.Model):
    """A place of work, with the days between which it exists. A merged one names its successor (art. 24).

    `name` is that of today; once renamed, all its names stand in `UnitName`.
    """

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in UnitKind])
    level = models.CharField(max_length=12, choices=[(level, level) for level in Level])
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    parent = models.CharField(max_length=60, blank=True)
    guiding = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    successor = models.CharField(max_length=60, blank=True)
    categories = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="unit_ends_after_it_begins",
            ),
        ]


class UnitName(models.Model):
    """What a unit is called from a day on."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="names", to_field="code")
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="one_name_a_day"),
        ]


class DirectoryVersion(models.Model):
    """One row; its number grows with every change of the directory, so that cached values know they are old."""

    number = models.BigIntegerField(default=0)


class AccountManager(BaseUserManager["Account"]):
    def create_account(self, username: str, name: str, password: str | None) -> "Account":
        account = self.model(username=username, name=name)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A log-in of a member of staff. What it may do follows from its posts alone."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)  # somebody else knows it, too
    objects = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Substitute(models.Model):
    """Who stands in for an account in its working posts, from the first day to the last."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="substitutes")
    stands_in = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="stands_in_for")
    first_day = models.DateField()
    last_day = models.DateField()
    named_by = models.BigIntegerField()
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="substitute_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(account=F("stands_in")), name="substitute_is_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stands_in_id} for {self.account_id}"


class Post(models.Model):
    """An account in a unit with a role, between two days."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts", to_field="code")
    role = models.CharField(max_length=12, choices=[(role, role) for role in Role])
    title = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "unit", "role", "valid_from"], name="post_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="post_ends_after_it_begins",
            ),
        ]
