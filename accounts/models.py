"""People and their keys."""

from typing import Any, ClassVar

from django.contrib.auth import models as auth
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils import timezone
from uuid_utils.compat import uuid7

from accounts.roles import DESK, Role


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person who signs in with `email`. Without a password they must first set one by e-mail."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{"role": Role.ADMINISTRATOR, **fields})

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody who signs in. Never deleted: deactivated, so that their work keeps its author."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150, help_text="As it is signed under work.")
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.CONTRIBUTOR)
    is_active = models.BooleanField(
        default=True, help_text="Unset instead of deleting: work keeps its author."
    )
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique_in_any_case"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="user_role_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """May open the admin, where the role decides the rest."""
        return self.is_active and self.role in DESK

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] or self.email

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return bool(auth._user_has_perm(self, perm, obj))  # type: ignore[attr-defined]

    def has_perms(self, perm_list: list[str], obj: Any = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        return bool(auth._user_has_module_perms(self, app_label))  # type: ignore[attr-defined]

    def get_all_permissions(self, obj: Any = None) -> set[str]:
        found: set[str] = auth._user_get_permissions(self, obj, "all")  # type: ignore[attr-defined]
        return found


class Scope(models.TextChoices):
    READ = "read", "Read"
    WRITE = "write", "Read and write"


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def visible_to(self, user: Any) -> "ApiKeyQuerySet":
        return self.filter(user=user) if user.is_authenticated else self.none()

    def usable(self) -> "ApiKeyQuerySet":
        """Neither revoked nor expired, of somebody still active."""
        return self.filter(
            models.Q(expires_at=None) | models.Q(expires_at__gt=Now()),
            revoked_at=None,
            user__is_active=True,
        )


class ApiKey(models.Model):
    """A program's way in. Only a hash is stored: the key itself is shown once, when it is made."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_keys")
    name = models.CharField(max_length=100, help_text="What uses it, for example: election site.")
    scope = models.CharField(max_length=10, choices=Scope.choices, default=Scope.READ)
    prefix = models.CharField(max_length=16, help_text="The part of the key that may be shown.")
    sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = "API key"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scope__in=Scope.values), name="api_key_scope_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def state(self) -> str:
        if self.revoked_at:
            return "revoked"
        return "expired" if self.expires_at and self.expires_at <= timezone.now() else "active"


class RateWindow(models.Model):
    """How many requests of a caller there were in their minute. Not logged: see `accounts.rates`."""

    caller = models.CharField(primary_key=True, max_length=100)
    started_at = models.DateTimeField(db_index=True)
    used = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.caller}: {self.used}"
