from courses.models.certificate import Certificate, CertificateFile, Evaluation
from courses.models.learning import (
    Answer,
    Attempt,
    Completion,
    Enrolment,
    LessonDone,
    Reflection,
    Regrading,
)
from courses.models.pages import (
    CourseIndexPage,
    CoursePage,
    LessonPage,
    ModuleIndexPage,
    ModulePage,
)
from courses.models.tally import Attitude, Measure, Tally
from courses.models.unit import CurrentVersion, QuizChange, Unit, UnitVersion

__all__ = [
    "Answer",
    "Attempt",
    "Attitude",
    "Certificate",
    "CertificateFile",
    "Completion",
    "CourseIndexPage",
    "CoursePage",
    "CurrentVersion",
    "Enrolment",
    "Evaluation",
    "LessonDone",
    "LessonPage",
    "Measure",
    "ModuleIndexPage",
    "ModulePage",
    "QuizChange",
    "Reflection",
    "Regrading",
    "Tally",
    "Unit",
    "UnitVersion",
]
