"""Forms of accounts that are refused, answered as the site answers all its forms."""

from django.forms import BaseForm

UNPROCESSABLE = 422
OF_ACCOUNTS = ("account_", "mfa_")


class RefusedForms:
    """Middleware: 422 where allauth shows a form again, for it answers 200."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_template_response(self, request, response):
        """The same page, whose status says that nothing was done."""
        match = request.resolver_match
        is_ours = match and (match.url_name or "").startswith(OF_ACCOUNTS)
        is_sent = request.method == "POST" and response.status_code == 200
        if is_ours and is_sent and _holds_faults(response.context_data or {}):
            response.status_code = UNPROCESSABLE
        return response


def _holds_faults(context):
    """Whether a form of a page has errors."""
    return any(isinstance(each, BaseForm) and each.errors for each in context.values())
