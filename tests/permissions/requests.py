"""What is sent to each address of the table: which object it names, and what a form there holds."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.roles import Role
from articles.models import Article
from publishing.documents import public_url
from tests.factories import house_rating
from tests.permissions.objects import Objects

#: The object that an address names. Left out: addresses that name none.
NAMED: dict[str, str] = {
    "publishing:show-claim": "published",
    "publishing:show-entry": "published",
    "publishing:show-card": "published",
    "publishing:show-article": "read_article",
    "publishing:show-claimant": "read_claimant",
    "publishing:embed-claim": "published",
    "publishing:embed-article": "read_article",
    "reviews:show-article": "article",
    "reviews:show-progress": "article",
    "reviews:correct-article": "article",
    "reviews:detect-again": "article",
    "reviews:show-runs": "article",
    "reviews:retry-import": "failed_import",
    "reviews:cancel-import": "waiting_import",
    "api:show-import": "failed_import",
    "reviews:show-check": "check",
    "reviews:tie-check": "check",
    "reviews:show-check-import": "check_import",
    "reviews:retry-check-import": "failed_check_import",
    "reviews:change-publisher": "publisher",
    "api:show-check-import": "check_import",
    "api:show-batch": "batch",
    "api:cancel-batch": "batch",
    "api:retry-batch": "batch",
    "reviews:show-batch": "batch",
    "reviews:cancel-batch": "batch",
    "reviews:retry-batch": "batch",
    "reviews:show-feed": "feed",
    "reviews:change-feed": "feed",
    "reviews:add-version": "article",
    "reviews:compare-versions": "article",
    "reviews:confirm-span": "fate",
    "reviews:move-span": "fate",
    "reviews:let-go-span": "fate",
    "reviews:add-claim": "article",
    "reviews:show-claim": "open",
    "reviews:edit-claim": "open",
    "reviews:add-span": "open",
    "reviews:add-comment": "open",
    "reviews:ask-question": "open",
    "reviews:close-question": "question",
    "reviews:unflag-claim": "open",
    "reviews:accept-claim": "suggested",
    "reviews:dismiss-claim": "suggested",
    "reviews:add-evidence": "open",
    "reviews:name-source": "open",
    "reviews:withdraw-evidence": "evidence",
    "reviews:override-quote": "evidence",
    "reviews:take-claim": "open",
    "reviews:release-claim": "in_review",
    "reviews:assign-claim": "open",
    "reviews:review-claim": "in_review",
    "reviews:adjudicate-claim": "disputed",
    "reviews:write-verdict": "decided",
    "reviews:send-back": "decided",
    "reviews:show-source": "source",
    "reviews:correct-source": "source",
    "reviews:show-look": "source",
    "reviews:look-at-source": "source",
    "reviews:upload-copy": "source",
    "reviews:paste-copy": "source",
    "reviews:show-copy": "snapshot",
    "reviews:compare-copies": "snapshot",
    "reviews:view-copy": "snapshot",
    "reviews:download-copy": "snapshot",
    "reviews:download-warc": "snapshot",
    "release:publish-verdict": "decided",
    "release:correct-verdict": "published",
    "release:retract-verdict": "published",
    "release:reopen-claim": "dismissed",
    "release:download-dossier": "published",
    "annotations:list-article-annotations": "read_article",
    "annotations:show-annotation": "published",
    "api:show-verdict": "published",
    "api:show-claim-review": "published",
    "google:show-page": "markup_page",
    "release:remove-page": "markup_page",
    "api:show-publication": "publication",
    "api:show-article": "read_article",
    "api:list-versions": "read_article",
    "api:show-version": "read_article",
    "api:show-difference": "read_article",
    "api:show-claim": "published",
    "api:list-passages": "open",
    "api:add-span": "open",
    "api:list-actions": "open",
    "api:show-gate": "decided",
    "api:list-reviews": "in_review",
    "api:list-comments": "published",
    "api:list-questions": "open",
    "api:close-question": "question",
    "api:withdraw-evidence": "evidence",
    "api:override-quote": "evidence",
    "api:detect-claims": "article",
    "api:accept-claim": "suggested",
    "api:dismiss-claim": "open",
    "api:unflag-claim": "open",
    "api:take-claim": "open",
    "api:release-claim": "in_review",
    "api:assign-claim": "open",
    "api:adjudicate-claim": "disputed",
    "api:write-claim": "decided",
    "api:send-back-claim": "decided",
    "api:publish-claim": "decided",
    "api:correct-claim": "published",
    "api:retract-claim": "published",
    "api:reopen-claim": "dismissed",
    "api:list-citations": "published",
    "api:list-evidence": "open",
    "api:show-source": "cited_source",
    "api:show-claimant": "read_claimant",
    "admin:accounts/apikey": "own_key",
    "admin:accounts/user": "stranger",
    "admin:audit/event": "event",
    "admin:articles/version": "version",
    "admin:articles/article": "article",
    "admin:articles/import": "failed_import",
    "admin:articles/batch": "batch",
    "admin:articles/feed": "feed",
    "admin:claims/claimant": "claimant",
    "admin:claims/externalcheck": "check",
    "admin:claims/trustedpublisher": "publisher",
    "admin:claims/checkimport": "check_import",
    "admin:claims/detectionrun": "run",
    "admin:claims/worthmodel": "worth_model",
    "admin:claims/claim": "open",
    "admin:sources/source": "source",
    "admin:sources/snapshot": "snapshot",
    "admin:sources/capture": "capture",
    "admin:sources/evidence": "evidence",
    "admin:sources/openquestion": "question",
    "admin:reviews/scale": "scale",
    "admin:reviews/verdict": "verdict",
    "admin:publishing/publication": "publication",
    "admin:publishing/markuppage": "markup_page",
    "admin:publishing/signingkey": "signing_key",
    "admin:publishing/signedhead": "head",
    "admin:account/emailaddress": "email",
    "admin:mfa/authenticator": "authenticator",
    "webhooks:show-endpoint": "endpoint",
    "webhooks:change-endpoint": "endpoint",
    "webhooks:rotate-secret": "endpoint",
    "webhooks:disable-endpoint": "endpoint",
    "webhooks:retire-endpoint": "endpoint",
    "webhooks:test-endpoint": "endpoint",
    "webhooks:replay-endpoint": "endpoint",
    "webhooks:enable-endpoint": "disabled_endpoint",
    "webhooks:show-delivery": "delivery",
    "webhooks:replay-delivery": "delivery",
    "api:show-webhook": "endpoint",
    "api:rotate-webhook-secret": "endpoint",
    "api:test-webhook": "endpoint",
    "api:replay-deliveries": "endpoint",
    "api:list-deliveries": "endpoint",
    "api:show-delivery": "delivery",
    "api:replay-delivery": "delivery",
    "admin:publishing/endpoint": "endpoint",
    "admin:publishing/delivery": "delivery",
    "admin:publishing/attempt": "attempt",
    "accounts:revoke-key": "own_key",
}
#: Addresses by the state of what they name, where the table asks for more than one.
STATES: dict[str, str] = {
    "reviews:show-article#read": "read_article",
    "reviews:show-claim#suggested": "suggested",
    "reviews:show-claim#in_review": "in_review",
    "reviews:show-claim#disputed": "disputed",
    "reviews:show-claim#decided": "decided",
    "reviews:show-claim#published": "published",
    "reviews:show-source#withheld": "withheld",
    "reviews:correct-source#withheld": "withheld",
    "reviews:show-look#withheld": "withheld",
    "reviews:look-at-source#withheld": "withheld",
    "reviews:upload-copy#withheld": "withheld",
    "reviews:paste-copy#withheld": "withheld",
    "reviews:show-copy#withheld": "withheld_snapshot",
    "reviews:compare-copies#withheld": "withheld_snapshot",
    "reviews:view-copy#withheld": "withheld_snapshot",
    "reviews:download-copy#withheld": "withheld_snapshot",
    "reviews:download-warc#withheld": "withheld_snapshot",
    "release:reopen-claim#published": "published",
    "release:download-dossier#internal": "published",
    "publishing:show-claim#hidden": "decided",
    "publishing:show-entry#hidden": "decided",
    "publishing:show-card#hidden": "decided",
    "publishing:show-article#hidden": "article",
    "publishing:show-claimant#hidden": "claimant",
    "publishing:embed-claim#hidden": "decided",
    "publishing:embed-article#hidden": "article",
    "api:show-source#withheld": "withheld",
    "api:show-claim#open": "open",
    "api:show-article#desk": "article",
    "api:list-versions#desk": "article",
    "api:reopen-claim#published": "published",
    "annotations:list-article-annotations#hidden": "article",
    "annotations:show-annotation#hidden": "decided",
    "api:show-verdict#hidden": "decided",
    "api:show-claim-review#hidden": "decided",
    "google:show-page#of-the-record": "published",
    "google:show-page#hidden": "decided",
    "api:show-article#hidden": "article",
    "api:list-versions#hidden": "article",
    "api:show-version#hidden": "article",
    "api:show-difference#hidden": "article",
    "api:show-claim#hidden": "decided",
    "api:list-citations#hidden": "decided",
    "api:show-source#hidden": "source",
    "api:show-claimant#hidden": "claimant",
    "api:list-evidence#hidden": "open",
    "api:list-evidence#published": "published",
    "accounts:revoke-key#somebody-elses": "others_key",
    "webhooks:show-endpoint#somebody-elses": "others_endpoint",
    "webhooks:change-endpoint#somebody-elses": "others_endpoint",
    "webhooks:rotate-secret#somebody-elses": "others_endpoint",
    "webhooks:disable-endpoint#somebody-elses": "others_endpoint",
    "webhooks:enable-endpoint#somebody-elses": "others_endpoint",
    "webhooks:retire-endpoint#somebody-elses": "others_endpoint",
    "webhooks:test-endpoint#somebody-elses": "others_endpoint",
    "webhooks:replay-endpoint#somebody-elses": "others_endpoint",
    "webhooks:show-delivery#somebody-elses": "others_delivery",
    "api:show-delivery#somebody-elses": "others_delivery",
    "webhooks:replay-delivery#somebody-elses": "others_delivery",
    "api:replay-delivery#somebody-elses": "others_delivery",
    "api:show-webhook#somebody-elses": "others_endpoint",
    "api:rotate-webhook-secret#somebody-elses": "others_endpoint",
    "api:test-webhook#somebody-elses": "others_endpoint",
    "api:replay-deliveries#somebody-elses": "others_endpoint",
    "api:list-deliveries#somebody-elses": "others_endpoint",
    "admin:accounts/apikey/<pk>/change/#somebody-elses": "others_key",
    "admin:sources/source/<pk>/change/#withheld": "withheld",
}
OTHER_ARGUMENTS: dict[str, list[Any]] = {
    "publishing:sitemap-claims": [0],
    "publishing:sitemap-articles": [0],
    "reviews:chart": ["claims"],
    "account_confirm_email": ["no-such-key"],
    "account_reset_password_from_key": ["1", "no-such-key"],
    "admin:app_list": ["claims"],
}
ARTICLE = "A new headline\n\nThe mill burnt down on Friday. It had 60 looms.\n"
REASON = {"reason": "It is for the best."}
CLAIM = {"statement": "The planks weighed 41 tons.", "kind": "statistic", "mode": "narrator"}
WORDS = {"summary": "It did.", "justification": "The audit says so."}
GATE = {"claimant_asked": "on", "neutral_wording": "on", "both_sides": "on"}
ATTESTED = ("both_sides", "claimant_asked", "neutral_wording")
ENDPOINT = {"address": "https://site.example/new", "events": ["verdict.retracted"]}
SINCE = {"since": "2020-01-01T00:00:00Z"}
SOURCE = {"title": "Another bill", "kind": "law", "language": "en"}
EVIDENCE = {
    "kind": "law",
    "title": "A law",
    "stance": "context",
    "copy": "Words.",
    "quote": "Words",
}


def subject(objects: Objects, name: str, role: str) -> Any:
    """What the row's address names."""
    base, _, _ = name.partition("#")
    parts = base.split("/")
    key = STATES.get(name) or NAMED.get(base) or NAMED.get("/".join(parts[:2]))
    match key:
        case None:
            return None
        case "own_key":
            return objects.keys[role or Role.CONSUMER]
        case "others_key":
            return objects.keys[Role.EDITOR if role != Role.EDITOR else Role.REVIEWER]
        case _:
            return objects[key]


def address(objects: Objects, name: str, role: str) -> str:
    base, _, _ = name.partition("#")
    named = subject(objects, name, role)
    if base == "admin:view_on_site":
        kind = ContentType.objects.get_for_model(Article)
        return reverse(base, args=[kind.pk, objects["article"].pk])
    if base == "admin:(?P<url>.*)$":
        return "/admin/nothing/of/the/kind/"
    if base.startswith("admin:") and "/" in base:
        pk = getattr(named, "pk", 0)  # 0 is nothing, whatever other tests queued
        path = base.removeprefix("admin:")
        return "/admin/" + path.replace("<pk>", str(pk))
    if base == "reviews:compare-versions":
        return reverse(base, args=[named.pk, 1, 1])
    if base == "publishing:show-entry":
        entry = named.publications.order_by("seq").first()
        return reverse(base, args=[named.pk, entry.seq if entry else 1])
    if base == "annotations:show-annotation":
        return reverse(base, args=[named.pk, "claim"])
    if base in {"api:show-version", "api:show-difference"}:
        return reverse(base, args=[named.pk, 1])
    if base in {"api:show-delivery", "api:replay-delivery"}:
        return reverse(base, args=[named.endpoint_id, named.pk])
    arguments = OTHER_ARGUMENTS.get(base) or ([named.pk] if named is not None else [])
    return reverse(base, args=arguments)


def content(objects: Objects, method: str, name: str) -> dict[str, Any]:
    """What is sent along: the fields of a form, or the parameters of a GET."""
    what = f"{method} {name}"
    if what in CONTENTS and what not in objects.contents:
        objects.contents[what] = CONTENTS[what](objects)
    return objects.contents.get(what, {})


def _annotation_of(article: Article) -> dict[str, Any]:
    version = public_url("api:show-version", article.pk, 1)
    selector = {"type": "TextPositionSelector", "start": 0, "end": 20}
    target = {"source": version, "selector": selector}
    return {"type": "Annotation", "motivation": "identifying", "target": target}


def _action(name: str, key: str, **fields: Any) -> Callable[[Objects], dict[str, Any]]:
    """A list's action of the admin, with the page between answered."""

    def make(objects: Objects) -> dict[str, Any]:
        chosen = objects[key]
        return {"action": name, "_selected_action": str(chosen.pk), "index": "0", **fields}

    return make


def _admin_form(path: str, key: str = "", **changed: Any) -> Callable[[Objects], dict[str, Any]]:
    """The form as an administrator's browser would send it, with some fields changed."""

    def make(objects: Objects) -> dict[str, Any]:
        pk = objects[key].pk if key else ""
        page = objects.browse_as(Role.ADMINISTRATOR).get(f"/admin/{path.replace('<pk>', str(pk))}")
        assert page.status_code == 200, path
        form = Fields()
        form.feed(page.content.decode())
        return {**form.found, **changed}

    return make


class Fields(HTMLParser):
    """The fields of a page, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Any] = {}
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        name = known.get("name") or ""
        match tag:
            case "input" if name and known.get("type") not in {
                "checkbox",
                "radio",
                "submit",
                "file",
            }:
                self.found[name] = known.get("value") or ""
            case "input" if name and "checked" in known:
                self.found[name] = known.get("value") or "on"
            case "textarea":
                self._textarea, self.found[name] = name, ""
            case "select":
                self._select = name
            case "option" if "selected" in known and self._select:
                self.found[self._select] = known.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.found[self._textarea] += data.removeprefix("\n")


def _review(objects: Objects) -> dict[str, Any]:
    return {"rating": house_rating().pk, "rationale": "It is so.", "confidence": "high"}


def _verdict(objects: Objects) -> dict[str, Any]:
    return {"rating": house_rating().pk, **WORDS}


class Again(SimpleUploadedFile):
    """A file that can be sent many times."""

    def read(self, *args: Any) -> bytes:
        self.seek(0)
        found: bytes = super().read(*args)
        return found


def _copy_file(objects: Objects) -> dict[str, Any]:
    return {"file": Again("minutes.txt", b"Other words in a file.")}


def _span(objects: Objects) -> dict[str, Any]:
    start = objects["article"].current.text.index("Nobody paid")
    return {"start": start, "end": start + len("Nobody paid duty")}


def _bulk(key: str, **fields: Any) -> Callable[[Objects], dict[str, Any]]:
    return lambda o: {"claim": str(o[key].pk), "reviewer": o["stranger"].email, **fields}


def _with_lock(key: str, fields: dict[str, Any]) -> Callable[[Objects], dict[str, Any]]:
    return lambda o: {**fields, "lock_version": o[key].lock_version}


CLAIMS, CLAIM_PAGE = "admin:claims/claim/", "admin:claims/claim/<pk>/change/"
MARKUP = {
    "claimReviewed": "The mill made 40 tons of flour.",
    "rating": {"textualRating": "False"},
}
CONTENTS: dict[str, Callable[[Objects], dict[str, Any]]] = {
    "GET google:search-claims": lambda o: {"query": "harbour"},
    "GET google:search-images": lambda o: {"imageUri": "https://mill.example/1.jpg"},
    "POST release:remove-page": lambda o: REASON,
    "POST google:list-pages": lambda o: {
        "pageUrl": "https://desk.example/mill",
        "claimReviewMarkups": [MARKUP],
    },
    "PUT google:show-page": lambda o: {
        "pageUrl": o["markup_page"].url,
        "claimReviewMarkups": [MARKUP],
    },
    "PUT google:show-page#of-the-record": lambda o: {
        "pageUrl": o["markup_page"].url,
        "claimReviewMarkups": [MARKUP],
    },
    "GET reviews:add-claim": _span,
    "GET reviews:list-alike": lambda o: {"statement": "The planks are open."},
    "GET api:list-passages": lambda o: {"source": o["source"].pk},
    "GET api:list-passages#withheld": lambda o: {"source": o["withheld"].pk},
    "POST api:list-imports": lambda o: {"addresses": ["https://mill.example/1"]},
    "POST reviews:add-batch": lambda o: {"addresses": "https://mill.example/1"},
    "POST reviews:tie-check": lambda o: {"claim": str(o["open"].pk)},
    "POST reviews:add-check-import": lambda o: {"url": "https://mill.example/checks"},
    "POST reviews:list-publishers": lambda o: {"host": "mill.example", "name": "The Mill"},
    "POST reviews:change-publisher": lambda o: {"action": "stop"},
    "POST api:add-check-import": lambda o: {"url": "https://mill.example/checks"},
    "POST reviews:list-feeds": lambda o: {"url": "https://mill.example/rss", "every_minutes": 60},
    "POST reviews:change-feed": lambda o: {"action": "stop"},
    "POST reviews:add-article": lambda o: {"text": ARTICLE, "language": "en"},
    "POST reviews:correct-article": lambda o: {"title": "Mended", "language": "en"},
    "POST reviews:add-claim": lambda o: {**_span(o), **CLAIM},
    "POST reviews:edit-claim": _with_lock("open", CLAIM),
    "POST reviews:add-span": _span,
    "POST reviews:move-span": lambda o: {"start": 0, "end": 5},
    "POST reviews:add-version": lambda o: {"text": "Another text of the same article."},
    "POST reviews:ask-question": lambda o: {"text": "Who paid for the mill?"},
    "POST reviews:close-question": lambda o: REASON,
    "POST reviews:add-comment": lambda o: {"text": "I know this mill."},
    "POST reviews:dismiss-claim": lambda o: REASON,
    "POST reviews:add-evidence": lambda o: EVIDENCE,
    "POST reviews:add-evidence#passages": lambda o: {"look": "1", "source": o["withheld"].pk},
    "POST reviews:name-source": lambda o: {"name": "https://records.example/new"},
    "POST reviews:withdraw-evidence": lambda o: REASON,
    "POST reviews:override-quote": lambda o: REASON,
    "POST reviews:assign-claim": lambda o: {"reviewer": o["stranger"].pk},
    "POST reviews:review-claim": _review,
    "POST reviews:adjudicate-claim": _verdict,
    "POST reviews:write-verdict": _with_lock("decided", WORDS),
    "POST reviews:send-back": lambda o: REASON,
    "POST reviews:correct-source": lambda o: SOURCE,
    "POST reviews:correct-source#withheld": lambda o: SOURCE,
    "POST reviews:upload-copy": _copy_file,
    "POST reviews:upload-copy#withheld": _copy_file,
    "POST reviews:paste-copy": lambda o: {"copy": "Other words."},
    "POST reviews:paste-copy#withheld": lambda o: {"copy": "Other words."},
    "POST reviews:bulk#accept": _bulk("suggested", action="accept"),
    "POST reviews:bulk#dismiss": _bulk("suggested", action="dismiss", **REASON),
    "POST reviews:bulk#assign": _bulk("open", action="assign"),
    "POST release:publish-verdict": _with_lock("decided", GATE),
    "POST release:correct-verdict": lambda o: {
        **_verdict(o), **REASON, "lock_version": o["published"].lock_version,
    },
    "POST release:download-dossier#internal": lambda o: {"edition": "internal"},
    "POST release:retract-verdict": lambda o: REASON,
    "POST release:reopen-claim": lambda o: REASON,
    "POST release:reopen-claim#published": lambda o: REASON,
    "POST accounts:make-key": lambda o: {"name": "Election site", "scope": "read"},
    "POST webhooks:make-endpoint": lambda o: ENDPOINT,
    "POST webhooks:change-endpoint": lambda o: ENDPOINT,
    "POST webhooks:change-endpoint#somebody-elses": lambda o: ENDPOINT,
    "POST api:list-webhooks": lambda o: {"url": "https://site.example/new"},
    "POST api:replay-deliveries": lambda o: SINCE,
    "POST api:replay-deliveries#somebody-elses": lambda o: SINCE,
    "PATCH api:show-webhook": lambda o: {"description": "Mended"},
    "PATCH api:show-webhook#somebody-elses": lambda o: {"description": "Mended"},
    "POST account_login": lambda o: {"login": "nobody@example.org", "password": "wrong"},
    "POST account_signup": lambda o: {
        "email": "new@example.org", "password1": "a long password", "password2": "a long password",
    },
    "POST account_set_password": lambda o: {"password1": "a long pass", "password2": "a long pass"},
    "POST api:list-sources": lambda o: {"name": "https://records.example/new"},
    "POST api:list-evidence": lambda o: {"source": str(o["source"].pk), "stance": "context"},
    "POST api:list-claims": lambda o: {
        "article": str(o["article"].pk), "statement": "Nobody paid.", "spans": [_span(o)],
    },
    "PATCH api:show-claim#open": lambda o: {"statement": "Somebody paid."},
    "PATCH api:show-article#desk": lambda o: {"title": "Mended"},
    "POST api:list-versions#desk": lambda o: {"text": "Another text of the same article."},
    "POST api:add-span": _span,
    "POST api:list-comments": lambda o: {"text": "I know this mill."},
    "POST api:list-questions": lambda o: {"text": "Who paid for the mill?"},
    "POST api:close-question": lambda o: REASON,
    "POST api:withdraw-evidence": lambda o: REASON,
    "POST api:override-quote": lambda o: REASON,
    "POST api:dismiss-claim": lambda o: REASON,
    "POST api:assign-claim": lambda o: {"reviewer": o["stranger"].email},
    "POST api:list-reviews": lambda o: {"rating": "true", "rationale": "It is so."},
    "POST api:adjudicate-claim": lambda o: {"rating": "true", **WORDS},
    "POST api:write-claim": lambda o: WORDS,
    "POST api:send-back-claim": lambda o: REASON,
    "POST api:publish-claim": lambda o: {"attest": dict.fromkeys(ATTESTED, True)},
    "POST api:correct-claim": lambda o: {"rating": "true", **WORDS, "note": "It was wrong."},
    "POST api:retract-claim": lambda o: REASON,
    "POST api:reopen-claim": lambda o: REASON,
    "POST api:reopen-claim#published": lambda o: REASON,
    "POST api:list-articles": lambda o: {"text": ARTICLE},
    "GET publishing:oembed": lambda o: {
        "url": public_url("publishing:show-claim", o["published"].pk)
    },
    "GET publishing:embed-marks": lambda o: {"article": str(o["read_article"].pk)},
    "GET publishing:embed-find": lambda o: {"article": str(o["read_article"].pk)},
    "POST annotations:list-annotations": lambda o: _annotation_of(o["read_article"]),
    "POST annotations:list-article-annotations": lambda o: _annotation_of(o["read_article"]),
    "GET admin:autocomplete": lambda o: {
        "app_label": "claims", "model_name": "claim", "field_name": "claimant",
    },
    "GET admin:autocomplete#source": lambda o: {
        "app_label": "sources", "model_name": "evidence", "field_name": "source", "term": "bill",
    },
    "POST admin:articles/article/add/": _admin_form("articles/article/add/", text=ARTICLE),
    "POST admin:articles/article/<pk>/change/": _admin_form(
        "articles/article/<pk>/change/", "article", title="Mended"
    ),
    "POST admin:articles/article/#detect_again": _action("detect_again", "article"),
    "POST admin:claims/worthmodel/#use_weights": _action("use_weights", "worth_model"),
    "POST admin:claims/claimant/add/": _admin_form("claims/claimant/add/", name="Somebody New"),
    "POST admin:claims/claimant/<pk>/change/": _admin_form(
        "claims/claimant/<pk>/change/", "claimant", name="Somebody Known"
    ),
    "POST admin:claims/externalcheck/add/": _admin_form(
        "claims/externalcheck/add/",
        url="https://checks.example/2", publisher="Others", claim_reviewed="It did.", rating="True",
    ),
    "POST admin:claims/externalcheck/<pk>/change/": _admin_form(
        "claims/externalcheck/<pk>/change/", "check", rating="Half true"
    ),
    "POST admin:claims/trustedpublisher/add/": _admin_form(
        "claims/trustedpublisher/add/", host="mill.example", name="The Mill"
    ),
    "POST admin:claims/trustedpublisher/<pk>/change/": _admin_form(
        "claims/trustedpublisher/<pk>/change/", "publisher", name="Another name"
    ),
    "POST admin:sources/source/add/": _admin_form("sources/source/add/", **SOURCE),
    "POST admin:sources/source/<pk>/change/": _admin_form(
        "sources/source/<pk>/change/", "source", title="Mended"
    ),
    "POST admin:sources/source/<pk>/change/#withheld": _admin_form(
        "sources/source/<pk>/change/", "withheld", title="Mended"
    ),
    "POST admin:reviews/scale/add/": _admin_form("reviews/scale/add/", name="Mill", slug="mill"),
    "POST admin:reviews/scale/<pk>/change/": _admin_form(
        "reviews/scale/<pk>/change/", "scale", name="Plainer"
    ),
    "POST admin:reviews/scale/#choose_house_scale": _action("choose_house_scale", "scale"),
    "POST admin:reviews/verdict/<pk>/change/": _admin_form(
        "reviews/verdict/<pk>/change/", "verdict", summary="Better worded."
    ),
    "POST admin:accounts/user/add/": _admin_form(
        "accounts/user/add/",
        email="new@example.org", name="New", role="reviewer", usable_password="false",
    ),
    "POST admin:accounts/user/<pk>/change/": _admin_form(
        "accounts/user/<pk>/change/", "stranger", role="editor"
    ),
    "POST admin:accounts/user/<pk>/password/": lambda o: {
        "usable_password": "true", "password1": "a long password", "password2": "a long password",
    },
    "POST admin:accounts/apikey/#revoke": lambda o: {
        "action": "revoke", "index": "0",
        "_selected_action": [str(key.pk) for key in o.keys.values()],
    },
    "POST admin:sources/source/#look_now": _action("look_now", "source"),
    "POST admin:sources/source/#look_now_withheld": _action("look_now", "withheld"),
    "POST admin:sources/evidence/#withdraw": _action("withdraw", "evidence", apply="1", **REASON),
    "POST admin:sources/evidence/#override_quote": _action(
        "override_quote", "evidence", apply="1", **REASON
    ),
    f"POST {CLAIM_PAGE}": _admin_form(CLAIM_PAGE.removeprefix("admin:"), "open", **CLAIM),
    f"POST {CLAIMS}#accept": _action("accept", "suggested"),
    f"POST {CLAIMS}#dismiss": _action("dismiss", "suggested", apply="1", **REASON),
    f"POST {CLAIMS}#take": _action("take", "open"),
    f"POST {CLAIMS}#assign": lambda o: {
        **_action("assign", "open", apply="1")(o), "reviewer": str(o["stranger"].pk),
    },
    f"POST {CLAIMS}#release": _action("release", "in_review"),
    f"POST {CLAIMS}#send_back": _action("send_back", "decided", apply="1", **REASON),
    f"POST {CLAIMS}#retract": _action("retract", "published", apply="1", **REASON),
    f"POST {CLAIMS}#reopen": _action("reopen", "dismissed", apply="1", **REASON),
}  # fmt: skip
