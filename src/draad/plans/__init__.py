"""Plans: action sheets with goals, measures, budgets, indicators, milestones and staff."""
