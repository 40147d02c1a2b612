"""Much at once, written while it is sent. For the desk."""

from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from api.v1 import reading
from api.v1.serializers import Shape
from api.views import ApiView
from claims.models import Claim
from publishing.question_records.outgoing import record_lines

LINES = "application/x-ndjson"


class RecordAnswerShape(Shape):
    """As far as the desk knows. A record that came in with more goes out with it."""

    answer = serializers.CharField()
    answer_type = serializers.CharField(
        help_text="Boolean, Extractive, Abstractive or Unanswerable."
    )
    source_url = serializers.CharField(help_text="The title of a source that has no address.")
    source_medium = serializers.CharField()
    boolean_explanation = serializers.CharField(required=False)
    cached_source_url = serializers.CharField(required=False)


class RecordQuestionShape(Shape):
    question = serializers.CharField()
    answers = RecordAnswerShape(many=True)


class QuestionRecordShape(Shape):
    """A claim with the questions asked about it. One that came in as a record has its values as they came."""

    claim = serializers.CharField()
    required_reannotation = serializers.BooleanField(help_text="Whether it was corrected.")
    label = serializers.CharField(allow_null=True)  # type: ignore[assignment]  # a field, not a label
    justification = serializers.CharField()
    claim_date = serializers.CharField(allow_null=True, help_text="Day first: 25-8-2020.")
    speaker = serializers.CharField(allow_null=True)
    original_claim_url = serializers.CharField(allow_null=True)
    cached_original_claim_url = serializers.CharField(allow_null=True, required=False)
    fact_checking_article = serializers.CharField(allow_null=True)
    reporting_source = serializers.CharField(allow_null=True)
    location_ISO_code = serializers.CharField(allow_null=True)
    claim_types = serializers.ListField(child=serializers.CharField())
    fact_checking_strategies = serializers.ListField(child=serializers.CharField())
    questions = RecordQuestionShape(many=True)


class QuestionRecords(ApiView):
    refuses_readers = True
    has_etag = False  # of what is not known before it is sent

    @extend_schema(
        operation_id="export_question_records",
        summary="Claims with their questions, answers and sources, one record a line",
        description="For the desk: every claim with evidence or questions. Withheld sources are placeholders.",
        responses={(200, LINES): QuestionRecordShape},
        tags=["exports"],
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        if not reading.is_desk(request.user):
            raise PermissionDenied(
                "Records hold what is not published: they are for the desk alone."
            )
        lines = record_lines(Claim.objects.visible_to(request.user))
        headers = {"Content-Disposition": 'attachment; filename="records.jsonl"'}
        return StreamingHttpResponse(lines, content_type=LINES, headers=headers)
