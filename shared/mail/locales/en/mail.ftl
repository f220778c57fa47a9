### Mails in English. An empty line inside a sentence starts a new paragraph.

## What every mail has

# $name: the reader's name.
greeting = Hello,
greeting-by-name = Hello { $name },
regards = Kind regards,
# $business: the name of the business.
footer = This mail was sent automatically by { $business }.

# $action: the words on the button.
link-introduction = { $action }:
link-fallback = If the button does not work, open this address in your browser:

## Times

# $day, $month, $year: numbers. $time: hours and minutes.
moment = { $day } { month } { $year }, { $time } UTC
month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}

## Roles, as in "join the team as …"

role-administrator = an administrator

## The mails

# $registered: when the registration was received. $expires: until when the link works.
confirm-address =
    .subject = Confirm your e-mail address for { $business }
    .preview = One more step, and your account is open.
    .opening =
        Thank you for registering with { $business }. We received your registration
        on { $registered }.

        Please confirm that this e-mail address is yours. Your account will then be
        open.
    .action = Confirm e-mail address
    .closing =
        The link works until { $expires }.

        If you did not register, simply ignore this mail. Without your confirmation,
        no account is opened for your address.

# $attempted: when someone tried to register.
already-registered =
    .subject = You already have an account with { $business }
    .preview = You can simply log in with your password.
    .opening =
        Someone, perhaps you, tried to register with { $business } using this e-mail
        address on { $attempted }.

        You already have an account. Simply log in with this address and your
        password.
    .closing =
        If it was not you, there is nothing you need to do. Your account has not
        changed, and the attempt gave nobody access to it.

welcome =
    .subject = Welcome to { $business }
    .preview = Your account is open, and you can log in.
    .opening =
        Your account with { $business } is open. You can now log in with this e-mail
        address and your password.

        It is good to have you with us.
    .closing = If you did not register, please let { $business } know.

# $role: one of the roles above. $expires: until when the link works.
staff-invitation =
    .subject = { $business } invites you to join the team
    .preview = Accept the invitation and choose your password.
    .opening =
        { $business } invites you to join the team as { $role }.

        When you accept, you choose the name and the password of your account.
    .action = Accept invitation
    .closing =
        The link works until { $expires }.

        If you did not expect this invitation, simply ignore this mail. Unless you
        accept, no account is opened for you.
