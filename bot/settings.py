"""Every setting, from the environment or `.env`; see `.env.example` for what each is for."""

import hashlib
import re
from collections.abc import Iterable
from datetime import time
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.settings_file import unread

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ROOT / "content"
_HOUR_SECONDS, _DAY_MINUTES = 3600, 24 * 60
# What is longer is a slip of the finger, and soon beyond what a date can say.
_LONGEST_DAYS = 3650
_LONGEST_YEARS = 30
YEAR_DAYS = 365
_LONGEST_BACKUP_PAUSE_DAYS = 31
# Telegram promises that ids have no more than 52 bits.
BEYOND_IDS = 1 << 52
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]+")
_SQLITE = "sqlite+aiosqlite:///"
_POSTGRES = "postgresql+asyncpg://"
# What else such an address begins with where hosts and other programs write it.
_ALSO_POSTGRES = ("postgresql://", "postgres://")
# A public key of age: see https://age-encryption.org.
_PUBLIC_KEY = re.compile(r"age1[02-9ac-hj-np-z]{58}")


class SettingsError(Exception):
    """A setting is missing or wrong; the message names the variable and the mend."""


def _address(value: str) -> SplitResult | None:
    """Return an address in its parts; None for what is no plain one."""
    try:
        parts = urlsplit(value)
        plain = parts.hostname and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        return None
    odd = any(c.isspace() or not c.isprintable() or c == "\\" for c in value)
    return parts if parts.scheme in ("http", "https") and plain and not odd else None


def _see_that_it_is_one(number: int, key: str) -> None:
    """Raise ValueError for a public key with a slip in it, of which the last letters tell."""
    # It takes a moment to load, and few have keys.
    import pyrage

    try:
        pyrage.x25519.Recipient.from_str(key)
    except pyrage.RecipientError:
        raise ValueError(
            f"a letter of key {number} is wrong, so no copy could be made: copy it again from the "
            "file that bongsrey backup-key has written"
        ) from None


def url_of(file: Path) -> str:
    """Return the DATABASE_URL of a file, whatever letters its name has."""
    return f"{_SQLITE}{quote(str(file))}"


def _of_a_server(value: str) -> str:
    """Return the address of a PostgreSQL database as SQLAlchemy reads it; raises ValueError."""
    example = f"such as {_POSTGRES}bongsrey:PASSWORD@localhost/bongsrey"
    try:
        parts = urlsplit(value)
        port_is_one = parts.port != 0
    except ValueError:
        port_is_one = False
    if not port_is_one or not parts.path.strip("/") or "/" in parts.path.strip("/"):
        raise ValueError(
            f"it must name a database on a PostgreSQL server, {example}; letters of the password "
            "that mean something in an address are written as %40 for @, %2F for /, %3A for :"
        )
    # libpq and asyncpg call the same thing by two names.
    asked = {"ssl" if name == "sslmode" else name: said for name, said in parse_qsl(parts.query)}
    if odd := sorted(asked.keys() - {"ssl", "host"}):
        raise ValueError(
            f"leave out {odd[0]}: after the ? only ssl (as ssl=require) and host (the folder of a "
            "socket) are read"
        )
    if not parts.hostname and "host" not in asked:
        raise ValueError(f"it names no server, {example}")
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{_POSTGRES}{parts.netloc}{parts.path}{query}"


class Settings(BaseSettings):
    """What an operator may choose. Units are in the names."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    bot_token: SecretStr | None = None
    bot_api_url: str = "https://api.telegram.org"
    database_url: str = url_of(ROOT / "data" / "bongsrey.sqlite")
    coordinator_ids: Annotated[tuple[int, ...], NoDecode] = ()
    timezone: str = "Asia/Phnom_Penh"
    webhook_url: str | None = None
    webhook_port: int = Field(8080, ge=1, le=65535)
    log_level: str = "INFO"
    log_format: Literal["text", "json"] = "text"
    monitor_port: int = Field(0, ge=0, le=65535)
    backup_folder: Path | None = None
    backup_hours: float = Field(24, ge=0, le=24 * _LONGEST_BACKUP_PAUSE_DAYS)
    backup_days: int = Field(7, ge=1, le=_LONGEST_DAYS)
    backup_keys: Annotated[tuple[str, ...], NoDecode] = ()
    messages_per_second: float = Field(30, gt=0, le=10_000)
    chat_interval_seconds: float = Field(1, ge=0, le=_HOUR_SECONDS)
    case_alert_minutes: float = Field(10, gt=0, le=_DAY_MINUTES)
    case_answer_minutes: float = Field(20, gt=0, le=_DAY_MINUTES)
    # the week that begins on it must lie within every month
    drill_day: int = Field(5, ge=0, le=22)
    question_days: int = Field(90, ge=1, le=_LONGEST_DAYS)
    case_days: int = Field(30, ge=1, le=_LONGEST_DAYS)
    minimum_age: int = Field(14, ge=10, le=17)
    guardian_consent: Literal["minors", "everyone", "school"] = "minors"
    mentor_nudge_hours: float = Field(24, gt=0, le=24 * _LONGEST_DAYS)
    mentor_offer_hours: float = Field(72, gt=0, le=24 * _LONGEST_DAYS)
    mentor_request_days: float = Field(14, gt=0, le=_LONGEST_DAYS)
    mentor_talk_days: float = Field(28, gt=0, le=_LONGEST_DAYS)
    mentor_clearance_days: float = Field(365, gt=0, le=_LONGEST_DAYS)
    mentor_transcript_days: float = Field(90, gt=0, le=_LONGEST_DAYS)
    mentor_quiet_hours: Annotated[tuple[time, time], NoDecode] = (time(20), time(6))
    mentor_sample_percent: int = Field(10, ge=0, le=100)
    mentor_messages_a_day: int = Field(40, ge=1, le=10_000)
    event_days: int = Field(180, ge=1, le=_LONGEST_DAYS)
    feeds_anywhere: bool = False
    announce_approval_above: int = Field(50, ge=0, le=1_000_000_000)
    announce_days: int = Field(90, ge=1, le=_LONGEST_DAYS)
    class_days: int = Field(30, ge=1, le=_LONGEST_DAYS)
    walk_days: int = Field(365, ge=30, le=_LONGEST_DAYS)
    tally_years: int = Field(3, ge=1, le=_LONGEST_YEARS)
    # two or more: the database itself refuses to delete a line of the last year
    audit_years: int = Field(5, ge=2, le=_LONGEST_YEARS)

    @field_validator("bot_token")
    @classmethod
    def _of_botfather(cls, value: SecretStr | None) -> SecretStr | None:
        # An editor, a here-document or a secret in a file ends with a line break.
        token = value.get_secret_value().strip() if value else ""
        if token and not _TOKEN.fullmatch(token):
            raise ValueError("it must be as @BotFather gives it, such as 123456789:AAExample")
        return SecretStr(token) if token else None

    @field_validator("bot_api_url")
    @classmethod
    def _root_of_a_server(cls, value: str) -> str:
        if _address(value) is None:
            raise ValueError(
                "it must be the root of a server, such as https://api.telegram.org, without a "
                "name and password"
            )
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _a_database(cls, value: str) -> str:
        for name in (_POSTGRES, *_ALSO_POSTGRES):
            if value.startswith(name):
                return _of_a_server(_POSTGRES + value.removeprefix(name))
        if value.startswith("sqlite:///"):
            value = value.replace("sqlite:///", _SQLITE, 1)
        path = unquote(value.removeprefix(_SQLITE))
        named = value.startswith(_SQLITE) and path and not path.endswith("/")
        if not named or ":memory:" in path or "\0" in path:
            raise ValueError(
                "it must name a SQLite file, such as sqlite:///data/bongsrey.sqlite, or a "
                f"PostgreSQL database, such as {_POSTGRES}bongsrey:PASSWORD@localhost/bongsrey"
            )
        if "?" in value:
            raise ValueError(
                "leave out what stands from the ? on: the bot sets by itself what it needs (a ? "
                "that belongs to the name of the file is written %3F)"
            )
        return url_of(Path(path))

    @field_validator("coordinator_ids", mode="before")
    @classmethod
    def _comma_separated(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if any(re.fullmatch("-[0-9]+", part) for part in parts):
            raise ValueError(
                "a number below zero is a group's, and a coordinator is a person: it must be the "
                "ids of people, such as 123456,987654"
            )
        if not all(part.isascii() and part.isdecimal() and len(part) < 17 for part in parts):
            raise ValueError("it must be Telegram ids separated by commas, such as 123456,987654")
        return tuple(int(part) for part in parts)

    @field_validator("coordinator_ids")
    @classmethod
    def _ids(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        for one in value:
            if not 0 < one < BEYOND_IDS:
                raise ValueError(f"{one} is no Telegram id of a person")
        return value

    @field_validator("mentor_quiet_hours", mode="before")
    @classmethod
    def _from_until(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            first, last = (time.fromisoformat(part.strip()) for part in value.split("-"))
        except ValueError:
            raise ValueError("it must be two times such as 20:00-06:00") from None
        return first, last

    @field_validator("backup_folder", mode="before")
    @classmethod
    def _a_folder(cls, value: object) -> object:
        if isinstance(value, str):
            if "\0" in value:
                raise ValueError("it must be the name of a folder, such as /var/backups/bongsrey")
            # Left empty is left out.
            return Path(value.strip()) if value.strip() else None
        return value

    @field_validator("backup_keys", mode="before")
    @classmethod
    def _public_keys(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        keys = tuple(part.strip() for part in value.split(",") if part.strip())
        if any(key.upper().startswith("AGE-SECRET-KEY-") for key in keys):
            raise ValueError(
                "that is the private key, which must never lie on the server: put the public one "
                "there, which begins with age1"
            )
        if not all(_PUBLIC_KEY.fullmatch(key) for key in keys):
            raise ValueError(
                "it must be public keys as bongsrey backup-key writes them, age1 and 58 letters, "
                "separated by commas"
            )
        for number, key in enumerate(keys, 1):
            _see_that_it_is_one(number, key)
        return keys

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("it must be a zone name such as Asia/Phnom_Penh") from None
        return value

    @field_validator("webhook_url")
    @classmethod
    def _https(cls, value: str | None) -> str | None:
        if not value:
            return None
        address = _address(value)
        if address is None or not (address.scheme == "https" or address.hostname in _THIS_MACHINE):
            raise ValueError("Telegram calls only https:// addresses; leave it out to poll")
        return value

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        level = value.upper()
        if level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("it must be DEBUG, INFO, WARNING or ERROR")
        return level

    @model_validator(mode="after")
    def _a_port_for_each(self) -> Self:
        # Who polls listens on no WEBHOOK_PORT.
        if self.webhook_url and self.webhook_port == self.monitor_port:
            raise ValueError(
                f"WEBHOOK_PORT and MONITOR_PORT are both {self.monitor_port}, and two cannot "
                "listen on one port: choose another for one of them"
            )
        return self

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone in which times are shown."""
        return ZoneInfo(self.timezone)

    @property
    def is_in_file(self) -> bool:
        """Whether the database is a SQLite file; else it is on a PostgreSQL server."""
        return self.database_url.startswith(_SQLITE)

    @property
    def database_file(self) -> Path:
        """Where the SQLite file lies. Raises SettingsError where there is none."""
        if not self.is_in_file:
            raise SettingsError(
                "DATABASE_URL names a PostgreSQL database, which is no file. Copy it with "
                "pg_dump, put a copy back with pg_restore (docs/operating.md says how)."
            )
        return Path(unquote(self.database_url.removeprefix(_SQLITE)))

    def token(self) -> str:
        """Return the bot token; raises SettingsError when there is none."""
        if self.bot_token is None:
            raise SettingsError(
                "BOT_TOKEN is not set. Ask @BotFather on Telegram for one and put it into .env, "
                "or try the bot without one: bongsrey demo"
            )
        return self.bot_token.get_secret_value()

    def webhook_secret(self) -> str:
        """Return what Telegram must present at the webhook; derived, so nothing to configure."""
        return hashlib.sha256(f"bongsrey webhook {self.token()}".encode()).hexdigest()


# How like the name of a setting another name must be to be a slip: COORDINATR_IDS, BOT_TOKN.
_A_SLIP = 0.85
ENVIRONMENT_FILE = Path(str(Settings.model_config["env_file"]))


def not_read(environment: Iterable[str]) -> list[str]:
    """Return a sentence for each name that is probably meant for the bot and is no setting.

    In `.env` that is every other name; in the environment, which others share, what is nearly one.
    """
    known = [name.upper() for name in Settings.model_fields]
    in_file = dotenv_values(ENVIRONMENT_FILE)
    said = []
    for name in sorted({*environment, *in_file}):
        if name.upper() in known:
            continue
        like = get_close_matches(name.upper(), known, 1, _A_SLIP)
        meant = f"; did you mean {like[0]}?" if like else "."
        if like or name in in_file:
            said.append(f"{name} is not a setting and is not read{meant}")
    return said


def load_settings(**overrides: object) -> Settings:
    """Read the settings; raises SettingsError in plain words, naming each variable."""
    if ENVIRONMENT_FILE.is_dir():
        # As a container makes it where the file that it was to be given is not there.
        raise SettingsError(f"{ENVIRONMENT_FILE} is a folder: take it away, and write the file.")
    try:
        if wrong := unread(ENVIRONMENT_FILE):
            raise SettingsError("\n".join(wrong))
        return Settings(**overrides)  # type: ignore[arg-type]
    except UnicodeDecodeError:
        raise SettingsError(
            f"{ENVIRONMENT_FILE} is not saved as UTF-8: open it in an editor and save it as UTF-8."
        ) from None
    except OSError as error:
        raise SettingsError(
            f"{ENVIRONMENT_FILE} cannot be read ({error.strerror}): give it to the user that the "
            "bot runs as (chown)."
        ) from None
    except ValidationError as error:
        lines = [_line(item["loc"], _said(str(item["msg"]))) for item in error.errors()]
        raise SettingsError("\n".join(lines)) from None


def _line(of: tuple[int | str, ...], said: str) -> str:
    """Return what is wrong with a setting, or with several together, which are named in it."""
    return f"{str(of[0]).upper()} is not right: {said}." if of else f"{said}."


def _said(message: str) -> str:
    """Return what is wrong with a value as a person says it."""
    plain = message.removeprefix("Value error, ").partition(", unable to")[0]
    return plain.replace("Input should be", "it must be", 1)
