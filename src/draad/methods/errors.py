"""The one error that every method raises for input it cannot accept."""


class MethodError(ValueError):
    """Input that a method cannot accept, told in one English sentence that names the place.

    ``message`` says what is wrong and what would be right; ``where`` names the row, claim, file or option.
    """

    def __init__(self, message: str, where: str | None = None) -> None:
        super().__init__(message, where)
        self.message = message
        self.where = where

    def __str__(self) -> str:
        if not self.where:
            return self.message
        return f"{self.where[0].upper()}{self.where[1:]}: {self.message}"
