"""Setting up a programme: itself, its objectives, actions and rounds. For programme managers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from draad.accounts.middleware import actor
from draad.accounts.revisions import ChangedMeanwhileError
from draad.documents.tables import Table
from draad.programmes.actions.setup import add_item, change_item, remove_item
from draad.programmes.examples import example_of, marked
from draad.programmes.forms.setup import ActionForm, ItemForm, ObjectiveForm, ProgrammeForm, RoundForm
from draad.programmes.models import Action, Objective, Programme, Round
from draad.programmes.setup_policies import AnyItem, can_remove
from draad.programmes.setup_tables import action_list, next_step, objective_list, programme_list, round_list
from draad.web.tables import table_page


def programmes(request: HttpRequest) -> HttpResponse:
    """Every programme, and the way to a new one."""
    return table_page(request, "programmes/setup_list.html", [programme_list()])


def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """A programme with its parts, and what it needs next."""
    found = get_object_or_404(Programme, slug=slug)
    objectives = list(found.objectives.order_by("number"))
    actions = list(found.actions.select_related("objective").order_by("number"))
    rounds = list(found.rounds.order_by("number"))
    context = {"programme": found, "step": next_step(found, objectives, actions, rounds), **example_of(found)}
    tables: list[Table[Any]] = [
        objective_list(found, objectives),
        action_list(found, actions),
        round_list(found, rounds),
    ]
    return table_page(request, "programmes/setup.html", marked(tables, found), context)


@dataclass(frozen=True)
class Page:
    """The words and addresses of a page with the form of one item."""

    title: Any
    button: Any
    back: str
    remove: str = ""


def programme_new(request: HttpRequest) -> HttpResponse:
    """Make a programme."""
    page = Page(_("Nieuw programma"), _("Maak het programma"), reverse("programmes:setups"))
    form = ProgrammeForm(request.POST or None)

    def save() -> str:
        made = add_item(Programme(**form.values), by=actor(request))
        messages.success(request, _("Het programma %(name)s is gemaakt.") % {"name": made.name})
        return reverse("programmes:setup", args=[made.slug])

    return _form_page(request, form, page, save)


def programme_change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the name, owner or address of a programme."""
    found = get_object_or_404(Programme, slug=slug)
    back = reverse("programmes:setup", args=[slug])
    page = Page(_("Wijzig het programma"), _("Bewaar"), back, reverse("programmes:setup_remove", args=[slug]))
    form = ProgrammeForm(request.POST or None, item=found)

    def save() -> str:
        changed = change_item(found, form.values, seen=form.cleaned_data["seen"], by=actor(request))
        messages.success(request, _("Het programma is bewaard."))
        return reverse("programmes:setup", args=[changed.slug])

    return _form_page(request, form, page, save, programme=found)


@require_POST
def programme_remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Remove a programme that has no parts."""
    found = get_object_or_404(Programme, slug=slug)
    return _removed(request, found, reverse("programmes:setups"), reverse("programmes:setup_change", args=[slug]))


@dataclass(frozen=True)
class Part:
    """A kind of part of a programme: its table, its form, and its words."""

    model: type[Objective] | type[Action] | type[Round]
    form: type[ItemForm]
    new: Any
    change: Any
    done: Any


PARTS = {
    "objective": Part(
        Objective,
        ObjectiveForm,
        gettext_lazy("Nieuwe doelstelling"),
        gettext_lazy("Wijzig doelstelling %(n)s"),
        gettext_lazy("Doelstelling %(n)s is bewaard."),
    ),
    "action": Part(
        Action,
        ActionForm,
        gettext_lazy("Nieuwe actie"),
        gettext_lazy("Wijzig actie %(n)s"),
        gettext_lazy("Actie %(n)s is bewaard."),
    ),
    "round": Part(
        Round,
        RoundForm,
        gettext_lazy("Nieuwe ronde"),
        gettext_lazy("Wijzig ronde %(n)s"),
        gettext_lazy("Ronde %(n)s is bewaard."),
    ),
}


def part_add(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Add an objective, action or round; ``another`` leads to the form for the next."""
    part, of = PARTS[key], get_object_or_404(Programme, slug=slug)
    page = Page(part.new, _("Bewaar"), _place(of, key))
    form = part.form(request.POST or None, programme=of)

    def save() -> str:
        made = add_item(part.model(programme=of, **form.values), by=actor(request))
        messages.success(request, part.done % {"n": made.number})
        if "another" in request.POST:
            return reverse(f"programmes:{key}_add", args=[slug])
        return _place(of, key, made.number)

    return _form_page(request, form, page, save, programme=of, another=key != "round")


def part_change(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """Change an objective, action or round."""
    part, found = PARTS[key], _part(slug, number, key)
    remove = reverse(f"programmes:{key}_remove", args=[slug, number])
    page = Page(part.change % {"n": number}, _("Bewaar"), _place(found.programme, key, number), remove)
    form = part.form(request.POST or None, item=found, programme=found.programme)

    def save() -> str:
        changed = change_item(found, form.values, seen=form.cleaned_data["seen"], by=actor(request))
        messages.success(request, part.done % {"n": changed.number})
        return _place(found.programme, key, changed.number)

    return _form_page(request, form, page, save, programme=found.programme)


@require_POST
def part_remove(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """Remove an objective, action or round that nothing refers to."""
    found = _part(slug, number, key)
    return _removed(
        request, found, _place(found.programme, key), reverse(f"programmes:{key}_change", args=[slug, number])
    )


def _part(slug: str, number: int, key: str) -> Objective | Action | Round:
    rows: Any = PARTS[key].model._default_manager.select_related("programme")
    found: Objective | Action | Round = get_object_or_404(rows, programme__slug=slug, number=number)
    return found


def _place(of: Programme, key: str, number: int | None = None) -> str:
    """Where a part is found again: a round has a page of its own."""
    if key == "round" and number is not None:
        return reverse("programmes:round_setup", args=[of.slug, number])
    return reverse("programmes:setup", args=[of.slug]) + {"objective": "#doelstellingen", "action": "#acties",
                                                          "round": "#rondes"}[key]  # fmt: skip


def _form_page(
    request: HttpRequest,
    form: ItemForm,
    page: Page,
    save: Callable[[], str],
    *,
    programme: Programme | None = None,
    another: bool = False,
) -> HttpResponse:
    """Show the form; once it is valid, ``save`` stores it and gives where to go. What was typed is never lost."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return redirect(save())
            except ChangedMeanwhileError as problem:
                form.add_error(None, problem)
                form.show_stored(type(form.item).objects.get(pk=form.item.pk))  # type: ignore[union-attr]  # changed, so it is there
                status = 409
            except ValidationError as problem:
                form.add_error(None, problem)
    removable = bool(page.remove) and form.item is not None and can_remove(form.item)
    context = {"form": form, "page": page, "programme": programme, "another": another, "removable": removable}
    return render(request, "programmes/setup_form.html", context, status=status)


def _removed(request: HttpRequest, item: AnyItem, after: str, back: str) -> HttpResponse:
    try:
        remove_item(item, by=actor(request))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect(back)
    messages.success(request, _("Verwijderd: %(what)s.") % {"what": item})
    return redirect(after)
