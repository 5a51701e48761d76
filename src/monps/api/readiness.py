"""Whether requests can be answered truthfully, looked at anew each time."""

from monps.api.state import Service
from monps.domain.health import Check, Diagnosis
from monps.services.doctor import check_database, data_ages


def readiness(service: Service) -> Diagnosis:
    """Look at everything that an answer needs."""
    application = service.application
    checks = [*check_database(application.database), _check_worker(service)]
    if service.warmth is not None:
        checks.append(service.warmth.check())
    if not Diagnosis(checks=tuple(checks)).failed:
        now, freshness = application.clock.now(), application.freshness
        checks.extend(data_ages(application.open_work, now, freshness))
    return Diagnosis(checks=tuple(checks))


def _check_worker(service: Service) -> Check:
    if service.worker is not None and service.worker.is_alive:
        return Check(name="worker", verdict="ok", detail="backtests are taken")
    return Check(name="worker", verdict="fail", detail="nobody takes backtests; restart the service")
