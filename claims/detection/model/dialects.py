"""How one question is worded as a request, which endpoints do not all understand alike.

The shape of the answer is demanded by a JSON schema where that is known, else by one beside the
demand for an object (llama-cpp-python), else as some JSON object, else only in words; the answer is
checked in the same way after each. Newer models know another name
for the limit of tokens, or refuse a temperature. What an endpoint rejects is put differently, until
it accepted once.
"""

import json
from dataclasses import dataclass
from typing import Any

from claims.detection.model.prompts import DATA, Step

FORMATS = ("json_schema", "object_with_schema", "json_object", "plain")


@dataclass(slots=True)
class Dialect:
    """What is known of an endpoint. `is_proven` once it accepted a request."""

    model: str
    answer_tokens: int
    name: str = FORMATS[0]
    is_proven: bool = False
    limit_name: str = "max_tokens"
    has_temperature: bool = True

    def request(self, step: Step, question: str, fault: str = "") -> dict[str, Any]:
        """The parameters of `chat.completions.create`. `fault` is what was wrong with the last answer."""
        told = [DATA, step.task]
        if self.name != FORMATS[0]:
            told.append(f"The shape of the answer, as a JSON schema:\n{json.dumps(step.schema)}")
        if fault:
            told.append(f"An earlier answer could not be used: {fault}.")
        request: dict[str, Any] = {
            "model": self.model,
            "messages": [
                {"role": "system", "content": "\n\n".join(told)},
                {"role": "user", "content": question},
            ],
            self.limit_name: self.answer_tokens,
        }
        if self.has_temperature:
            request["temperature"] = 0
        if self.name != "plain":
            request["response_format"] = self._format(step)
        return request

    def _format(self, step: Step) -> dict[str, Any]:
        if self.name == "object_with_schema":
            return {"type": "json_object", "schema": step.schema}
        if self.name == "json_object":
            return {"type": "json_object"}
        return {
            "type": "json_schema",
            "json_schema": {"name": step.name, "strict": True, "schema": step.schema},
        }

    def adapt(self, told: str) -> bool:
        """Put the request differently after it was rejected with these words; False when there is no other way."""
        if self.is_proven:
            return False
        if "max_tokens" in told and self.limit_name == "max_tokens":
            self.limit_name = "max_completion_tokens"
        elif "temperature" in told and self.has_temperature:
            self.has_temperature = False
        elif self.name != FORMATS[-1]:
            self.name = FORMATS[FORMATS.index(self.name) + 1]
        else:
            self.name = FORMATS[0]  # it was about this question, then
            return False
        return True
