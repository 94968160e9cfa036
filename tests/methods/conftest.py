"""Properties are held to their answers, not to the clock of a busy machine."""

from hypothesis import HealthCheck, settings

settings.register_profile("methods", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("methods")
