import pytest, datetime
from django.db.models import ProtectedError
from wagtail.signals import page_published
from tests.courses.attempting import *
from tests.factories.courses import *
from courses.models import *
from courses.services.enrolling import *
pytestmark = pytest.mark.django_db
def test_protect(sv):
    m=module_with(QUIZ, sv); take(m, learner(), q1="a", q2="a"); change(m, OTHER_KEY, "keep")
    with pytest.raises(ProtectedError): quiz_unit(m).versions.latest("number").delete()
    mod=Unit.objects.get(key=m.translation_key); change(m,[*OTHER_KEY, one("q3")])
    anna=User.objects.get(email="anna@example.org"); decline_newest(user=anna, unit=mod, language="sv", now=timezone.now())
    with pytest.raises(ProtectedError): mod.versions.latest("number").delete()
def test_signal(sv):
    got=[]
    def r(sender, instance, **k): got.append(instance.live)
    page_published.connect(r)
    p=ModulePageFactory(parent=module_index(sv), quiz=QUIZ, live=False)
    p.go_live_at=datetime.datetime(2999,1,1,tzinfo=datetime.UTC)
    p.save_revision().publish()
    page_published.disconnect(r)
    assert got==[False]
