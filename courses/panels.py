"""What stands in the form of a module and is no field."""

from wagtail.admin.panels import Panel


class QuizChangePanel(Panel):
    """The way to the dry run, beside the question that it helps to answer."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtailadmin/courses/quiz_change_panel.html"

        def is_shown(self) -> bool:
            page, user = self.instance, getattr(self.request, "user", None)
            if user is None or page.first_published_at is None:
                return False
            may_publish: bool = page.permissions_for_user(user).can_publish()
            return may_publish
