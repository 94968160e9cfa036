"""Who may use the routes of this room."""

from draad.accounts.guards import Guard, held_by
from draad.accounts.roles import Role
from draad.plans.reading_urls import READING_ACCESS

COORDINATORS = held_by(Role.ADMINISTRATOR, Role.PLAN_COORDINATOR)

ACCESS: dict[str, Guard] = {
    "plans:manage": COORDINATORS,
    "plans:create": COORDINATORS,
    "plans:upload": COORDINATORS,
    "plans:desk": COORDINATORS,
    "plans:accept_certain": COORDINATORS,
    "plans:incorporate": COORDINATORS,
    "plans:drop": COORDINATORS,
    "plans:sheet": COORDINATORS,
    "plans:sheet_decide": COORDINATORS,
    "plans:sheet_accept": COORDINATORS,
    "plans:sheet_step": COORDINATORS,
    "plans:sheet_measure": COORDINATORS,
    "plans:names": COORDINATORS,
    "plans:name": COORDINATORS,
    "plans:measure_add": COORDINATORS,
    "plans:measure_change": COORDINATORS,
    "plans:measure_withdraw": COORDINATORS,
    "plans:owners": COORDINATORS,
    **READING_ACCESS,
}
