"""Who is speaking, across sentences: pronouns, surnames, and quotations that name no speaker.

A report names its speaker once and goes on: “… he said”, or a paragraph that is a quotation and
nothing else. The memory holds the last person who spoke or acted, and the last speaker of any sort;
both fade after a few blocks. What it cannot tell stays untold.
"""

import re
from dataclasses import dataclass, replace

from claims.detection.attribution import Act
from claims.detection.base import Place
from claims.detection.segments import Sentence, Skeleton
from claims.detection.speakers import Directory, Speaker, read_speaker

REACH = 4
SUBJECT = re.compile(
    r"(?:(?:But|And|Yet|Meanwhile,|However,)\s)?"
    r"(?P<who>(?:[^,;:]{0,80}?\s)?(?:[^\W\d_a-z][\w.'-]*\s)*?[^\W\d_a-z][\w.'-]*)(?:,[^,]{1,80},)?\s"
    r"(?:is|was|has|had|will|would|met|went|came|took|became|made|told|asked|held|left|won|lost|resigned|spoke|"
    r"gave|began|visited|signed|added|described|called|also|later|then|who|\w{3,}ed)\b"
)
DETERMINER = re.compile(r"(?:A|An|The|One|Another|Some|Several|Two|Three|Other)\s(?=[a-z])")


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as the desk names them, and where the text did."""

    name: str
    role: str
    is_anonymous: bool
    is_person: bool
    source: Place
    cue: Place | None
    block: int


class Memory:
    """What a reader remembers while reading on."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._directory = Directory(text)
        self._roles: dict[str, str] = {}
        self._pronouns: dict[str, str] = {}
        self._person: Voice | None = None
        self._group: Voice | None = None
        self._last: Voice | None = None
        self._spoke_in = -1
        self._block_before = -1

    def hear(self, act: Act, bones: Skeleton, sentence: Sentence) -> Voice | None:
        """The voice of this act, or None when it is a pronoun for nobody that is known."""
        cue = bones.place(*act.cue) if act.cue else None
        if act.speaker.pronoun:
            source = bones.place(*act.source)
            voice = self._antecedent(act.speaker, sentence.block, source, cue)
        else:
            voice = self._named(act, bones, sentence, cue)
        self._remember(voice)
        if act.goes_on:
            self._last, self._spoke_in = voice, sentence.block
        return voice

    def meet(self, bones: Skeleton, sentence: Sentence) -> None:
        """A sentence without speech: its subject may be the “he” of the next."""
        match = SUBJECT.match(bones.text)
        speaker = read_speaker(match["who"].strip()) if match else None
        if match is None or speaker is None or speaker.pronoun:
            return
        act = Act(speaker, match.span("who"), None, ())
        voice = self._named(act, bones, sentence, None)
        if self._is_known_person(voice):
            self._person = replace(voice, is_person=True)
        elif " " not in voice.name and voice.name.istitle():
            self._person = None

    def person(self, sentence: Sentence) -> str:
        """Who the “he” or “she” is that begins this sentence; nothing when nobody was named of late."""
        voice = self._person
        if voice is None or voice.block < self._block_before:
            return ""
        pronoun = self._text[sentence.start : sentence.start + 3].strip().lower()
        return voice.name if self._agrees(voice.name, pronoun) else ""

    def turn(self, block: int, *, is_new_section: bool) -> None:
        """The block before is read. After a heading, a quotation alone has no known speaker."""
        self._block_before = block
        if is_new_section:
            self._last = None

    def voice_of_quotation(self, sentence: Sentence) -> Voice | None:
        """Whose a quotation is that stands alone: the last speaker's, of this block or the one before."""
        if self._last is None or self._spoke_in < self._block_before:
            return None
        self._spoke_in = sentence.block
        return self._last

    def _named(self, act: Act, bones: Skeleton, sentence: Sentence, cue: Place | None) -> Voice:
        first = act.source[0]
        source = bones.place(first + act.speaker.name_at[0], first + act.speaker.name_at[1])
        name = self._as_written(act.speaker, source)
        name = self._directory.full_name(name, source.start)
        role = " ".join((act.role or act.speaker.role).split()) or self._roles.get(name, "")
        if role:
            self._roles[name] = role
        unnamed = act.is_anonymous or act.speaker.is_anonymous
        voice = Voice(name, role, unnamed, act.speaker.is_person, source, cue, sentence.block)
        return replace(voice, is_person=voice.is_person or self._is_known_person(voice))

    def _as_written(self, speaker: Speaker, source: Place) -> str:
        words = " ".join(self._text[source.start : source.end].split())
        if len(speaker.name) < speaker.name_at[1] - speaker.name_at[0]:
            words = words.partition(" ")[2]
        return words[0].lower() + words[1:] if DETERMINER.match(words) else words

    def _is_known_person(self, voice: Voice) -> bool:
        return voice.is_person or (not voice.name.isupper() and self._directory.knows(voice.name))

    def _antecedent(
        self, speaker: Speaker, block: int, source: Place, cue: Place | None
    ) -> Voice | None:
        voice = {"person": self._person, "group": self._group}.get(speaker.pronoun)
        if voice is None or block - voice.block > REACH:
            return None
        if voice.is_person and not self._agrees(voice.name, speaker.name.lower()):
            return None
        return replace(voice, source=source, cue=cue, block=block)

    def _agrees(self, name: str, pronoun: str) -> bool:
        """Whether the person was not called by the other pronoun before."""
        return self._pronouns.setdefault(name, pronoun) == pronoun

    def _remember(self, voice: Voice | None) -> None:
        if voice and voice.is_person:
            self._person = voice
        elif voice:
            self._group = voice
