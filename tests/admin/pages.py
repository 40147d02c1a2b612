"""The admin's pages and forms, as a browser sees them."""

from html.parser import HTMLParser

from django.urls import reverse


def page(row_or_model, name="change"):
    """The address of a record's page, or of its model's list or form."""
    opts = row_or_model._meta
    args = [row_or_model.pk] if name in {"change", "history", "delete"} else []
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=args)


class _Form(HTMLParser):
    """What a browser would send back from the main form of a page, nothing touched."""

    def __init__(self):
        super().__init__()
        self.data, self.forms, self.area, self.select = {}, [], None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name")
        match tag:
            case "form":
                self.forms.append(attrs.get("id"))
            case "input" if name and self.mine and attrs.get("type") not in {"submit", "file"}:
                if attrs.get("type") not in {"checkbox", "radio"}:
                    self.data[name] = attrs.get("value") or ""
                elif "checked" in attrs:
                    self.data[name] = attrs.get("value", "on")
            case "textarea":
                self.area = name
                if name and self.mine:
                    self.data[name] = ""
            case "select":
                self.select = name
            case "option" if self.select and self.mine and "selected" in attrs:
                self.data[self.select] = attrs.get("value", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self.forms.append(None)
        if tag == "textarea":
            self.area = None
        if tag == "select":
            self.select = None

    def handle_data(self, data):
        if self.area and self.mine:
            self.data[self.area] += data

    @property
    def mine(self):
        return bool(self.forms and (self.forms[-1] or "").endswith("_form"))


def form_data(response, **changes):
    """The main form of a page as it would be sent back, with these fields changed."""
    parser = _Form()
    parser.feed(response.content.decode())
    for area in parser.data:  # a browser drops the first line break of a text area
        parser.data[area] = parser.data[area].removeprefix("\n").removeprefix("\r\n")
    return {**parser.data, **changes}


def said(response):
    """The messages on a page, in order."""
    return [str(message) for message in response.context["messages"]]
