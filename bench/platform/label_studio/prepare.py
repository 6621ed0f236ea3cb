"""Makes a fresh Label Studio database with annotators, and prints their tokens as JSON.

PYTHON_OF_LABEL_STUDIO prepare.py COUNT     the folder of the data is LABEL_STUDIO_BASE_DATA_DIR

What `label-studio start` does at its first start (migrations, one user, one organisation), and more users of that
organisation: Label Studio locks a task for a user, so clients that share a user would get the same task.
"""
import contextlib
import json
import sys


def main(count: int) -> None:
    with contextlib.redirect_stdout(sys.stderr):
        from label_studio.server import _apply_database_migrations, _setup_env

        _setup_env()
        _apply_database_migrations()
        tokens = make_users(count)
    print(json.dumps(tokens))


def make_users(count: int) -> list[str]:
    from organizations.models import Organization
    from rest_framework.authtoken.models import Token
    from users.models import User

    people = [User.objects.create_user(email=f"annotator{i}@example.org", password="not-used-at-all-1") for i in range(count)]
    organisation = Organization.create_organization(created_by=people[0], title="bench", legacy_api_tokens_enabled=True)
    for person in people:
        if person is not people[0]:
            organisation.add_user(person)
        person.active_organization = organisation
        person.save()
    return [Token.objects.get_or_create(user=person)[0].key for person in people]


if __name__ == "__main__":
    main(int(sys.argv[1]))
