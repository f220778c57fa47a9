### Mails in English. An empty line inside a sentence starts a new paragraph.

## What every mail has

# $has-name: whether the reader's name is known. $name: that name.
greeting = { $has-name ->
    [yes] Hello { $name },
   *[no] Hello,
}
regards = Kind regards,
# $business: the name of the business.
footer = This mail was sent automatically by { $business }.

# $action: the words on the button.
link-introduction = { $action }:
link-fallback = If the button does not work, open this address in your browser:

## How the business is reached

# $label: one of those below. $value: what it is.
contact-line = { $label }: { $value }
contact-email = E-mail
contact-phone = Telephone
contact-website = Website
contact-terms = Terms and conditions
contact-privacy = Privacy policy

## Times

# $day, $month, $year: numbers. $time: hours and minutes. No line breaks between day and month.
moment = { $day }{ "\u00A0" }{ month } { $year }, { $time } UTC
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
role-manager = a manager
role-agent = an agent
role-read-only = a reader

## What administrators are told of

why-administrators =
    You receive this mail because you are an administrator.

## The mails

# $registered: when the registration was received. $expires: until when the link works.
# $effect: what following it brings about. Where it only proves the address, the account is there already.
confirm-address =
    .subject = Confirm your e-mail address for { $business }
    .preview = { $effect ->
        [opens-account] One more step, and your account is open.
        [asks-for-approval] One more step, and we can review your registration.
       *[proves-address] Please confirm that this address is yours.
    }
    .opening =
        Thank you for registering with { $business }. We received your registration
        on { $registered }.

        Please confirm that this e-mail address is yours. { $effect ->
            [opens-account] Your account will then be open.
            [asks-for-approval] We will then review your registration and write to
                you as soon as we have decided.
           *[proves-address] Nobody else can then register with it. Apart from that,
                your account stays as it is.
        }
    .action = Confirm e-mail address
    .closing =
        The link works until { $expires }.

        { $effect ->
           *[proves-address] If you did not register, somebody else has used your
                address. In that case, please let { $business } know, and do
                not follow the link.
            [opens-account] { without-confirmation }
            [asks-for-approval] { without-confirmation }
        }
without-confirmation =
    If you did not register, simply ignore this mail. Without your confirmation,
    no account is opened for your address.

# $registered: when the registration was received. $expires: until when the link works. The reader may not be who registered.
confirm-registration =
    .subject = Your e-mail address is registered with { $business }, but not confirmed
    .preview = Confirm it with the password from then, or with a new one.
    .opening =
        This e-mail address was registered with { $business } on { $registered }, and
        has not been confirmed since. Someone, perhaps you, has now asked for a new link.

        If you registered, follow the link and enter the password that you chose then.
        If you did not register, or have forgotten it, the link lets you choose a new
        password. The one from the registration then no longer works.
    .action = Confirm e-mail address
    .closing =
        The link works until { $expires }.

        If you do not want an account with { $business }, simply ignore this mail.

registration-received =
    .subject = We have received your registration with { $business }
    .preview = We will write to you as soon as we have decided.
    .opening =
        Thank you for registering with { $business }. We have received your
        registration and are now reviewing it.

        We will write to you at this address as soon as we have decided. You can log
        in once your registration has been approved.
    .closing = If you did not register, please let { $business } know.

# $has-reason: whether there is a note; if so, it follows the opening.
registration-approved =
    .subject = Your registration with { $business } has been approved
    .preview = Your account is open, and you can log in.
    .opening =
        Your registration with { $business } has been approved, and your account is
        open. You can now log in with this e-mail address and your password.

        It is good to have you with us.

        { $has-reason ->
            [yes] A note from us:
           *[no] { "" }
        }
    .action = Log in
    .closing = If you did not register, please let { $business } know.

# $has-reason: whether a reason was given; if so, it follows the opening.
registration-rejected =
    .subject = Your registration with { $business } was not approved
    .preview = We are sorry that your account will not be opened.
    .opening =
        Thank you for your interest in { $business }. We have reviewed your
        registration and are sorry to tell you that it was not approved. Your account
        will not be opened.

        { $has-reason ->
            [yes] This is the reason:
           *[no] { "" }
        }
    .closing =
        If you have questions about this decision, please contact { $business }.

        If you did not register, there is nothing you need to do.

# $attempted: when someone tried to register the address, or to change theirs to it.
already-registered =
    .subject = You already have an account with { $business }
    .preview = You can simply log in with your password.
    .opening =
        Someone, perhaps you, tried to use this e-mail address for another account
        with { $business } on { $attempted }.

        You already have an account. Simply log in with this address and your
        password. If you have forgotten it, choose “Forgot password” on the same page,
        and we will send you a link for a new one.
    .action = Log in
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
    .action = Log in
    .closing = If you did not register, please let { $business } know.

# $attempted: when the password was entered. $has-device: whether it is known what the device calls itself. $device: that.
# $minutes: how long the code works from then on. $expires: until when it works. The code follows the opening. What comes
# before it is long enough that no inbox shows the code beside the subject.
device-code =
    .subject = Your code for logging in to { $business }
    .preview = Your password was entered on a device that your account does not know yet.
    .opening =
        Your password for { $business } was entered on { $attempted }, on a device
        that your account does not know yet{ $has-device ->
            [yes] : “{ $device }”
           *[no] { "" }
        }.

        If it was you, enter the code below to log in. It works for { $minutes }{ "\u00A0" }minutes,
        until { $expires }. Please do not pass it on: { $business } will never ask you
        for it.
    .closing =
        If it was not you, somebody knows your password. It is not enough to get into
        your account, but please set another one soon.
    .action = Set another password

# $asked: when someone asked for the link. $expires: until when it works.
password-reset =
    .subject = Choose a new password for { $business }
    .preview = The link in this mail lets you choose a new password.
    .opening =
        Someone, perhaps you, asked for a new password for your account with
        { $business } on { $asked }.

        If it was you, follow the link and choose one. You will then be logged out on
        all devices, and can log in with the new password.
    .action = Choose new password
    .closing =
        The link works once, until { $expires }.

        If it was not you, simply ignore this mail, and do not pass the link on. Your
        password stays as it is.

# $changed: when that was. $account: whether it is the owner of a company who set it by a mailed link.
password-changed =
    .subject = Your password for { $business } was changed
    .preview = { $account ->
        [company] If it was you, please look at who has access.
       *[own] If it was you, there is nothing you need to do.
    }
    .opening =
        The password of your account with { $business } was changed on { $changed }.
        You have been logged out on all other devices.

        { $account ->
            [company] If it was you, please look at who has access to your company: log in
                and choose “People of your company” in your account.
           *[own] If it was you, there is nothing you need to do.
        }

        If it was not you, please set another password at once. We will send you a link
        for it.
    .action = Set another password
    .closing = If it was not you, please also let { $business } know.

# $noticed: when it was noticed that a session was copied.
sessions-ended =
    .subject = You have been logged out of { $business } on all devices
    .preview = Please log in again and change your password.
    .opening =
        On { $noticed }, we noticed that the digital key that keeps one of your devices
        logged in was used twice, as if somebody had copied it. Because we cannot tell
        which use was yours, we have logged you out on all devices.

        Please log in again and change your password.
    .action = Log in and change password
    .closing =
        If you find anything in your account that was not your doing, please let
        { $business } know.

# $expires: until when the link works.
confirm-new-address =
    .subject = Confirm your new e-mail address for { $business }
    .preview = You will then log in with this address.
    .opening =
        Someone, perhaps you, gave this e-mail address as the new address of their
        account with { $business }.

        If it was you, please confirm that the address is yours. You will then log in
        with it, and receive our mails here.
    .action = Confirm new e-mail address
    .closing =
        The link works until { $expires }.

        If it was not you, simply ignore this mail. Without your confirmation, nothing
        changes.

# $to: the new address, with its name hidden but for the first letter. $changed: when it took the old one's place.
address-changed =
    .subject = Your e-mail address for { $business } was changed
    .preview = If it was you, there is nothing you need to do.
    .opening =
        The e-mail address of your account with { $business } was changed on
        { $changed }. The new address is { $to }; we show only part of it here.
        From now on, you log in with it and receive our mails there.

        If it was you, there is nothing you need to do.
    .closing =
        If it was not you, somebody else may have access to your account. In that
        case, please contact { $business } as soon as you can.

# $blocked: when it was blocked. $has-contact: whether it is known whom to ask. $contact: an e-mail address or a telephone number.
account-blocked =
    .subject = Your account with { $business } has been blocked
    .preview = You cannot log in until it is unblocked.
    .opening =
        Your account with { $business } was blocked on { $blocked }. You have been logged
        out on all devices and cannot log in until it is unblocked.
    .closing =
        If you have questions, or believe that this is a mistake, please contact
        { $business }{ $has-contact ->
            [yes] : { $contact }
           *[no] .
        }

account-unblocked =
    .subject = Your account with { $business } has been unblocked
    .preview = You can log in with your e-mail address and your password.
    .opening =
        Your account with { $business } is no longer blocked. You can log in with this
        e-mail address and your password.
    .action = Log in
    .closing =
        If you have questions, please contact { $business }{ $has-contact ->
            [yes] : { $contact }
           *[no] .
        }

# $customer: the name that was given. $kind: person or company. $since: since when the registration waits.
approval-awaited =
    .subject = { $kind ->
        [company] A company is waiting for approval at { $business }
       *[person] A person is waiting for approval at { $business }
    }
    .preview = Please decide on the registration.
    .opening =
        { $customer } has registered with { $business } { $kind ->
            [company] as a company
           *[person] as a private person
        }. The registration has been waiting for approval since { $since }.

        Please log in and approve or reject it. Your decision is then sent by mail to
        the address that was registered.
    .action = Decide on registrations
    .closing =
        Somebody else may have decided in the meantime.

        { why-administrators }

# $customer: the name that was given. $kind: person or company. $opened: since when the account is open.
new-registration =
    .subject = { $kind ->
        [company] A company has registered with { $business }
       *[person] A person has registered with { $business }
    }
    .preview = The account is open. There is nothing you need to do.
    .opening =
        { $customer } has registered with { $business } { $kind ->
            [company] as a company
           *[person] as a private person
        }. The account has been open since { $opened }.

        There is nothing you need to do.
    .action = See registrations
    .closing = { why-administrators }

# $has-company: whether the name of the company can be told. $company: that name. $role: manager or member. $expires: until when the link works.
# The subject does not name the company: whoever reads it may never have heard of it.
employee-invitation =
    .subject = { $business }: a company invites you to its account
    .preview = Accept the invitation and choose your password.
    .opening =
        { $has-company ->
            [yes] { $company } is a customer of { $business } and
           *[no] A company that is a customer of { $business }
        } invites you to its account { $role ->
            [manager] as a manager. You would see the company’s record and decide who else does.
           *[member] as a member. You would see the company’s record.
        }

        When you accept, you choose your name and your password.
    .action = Accept invitation
    .closing =
        The link works until { $expires }.

        If this address has an account with { $business } already, ask for an invitation
        to another one: an address belongs to one account.

        If you did not expect this invitation, simply ignore this mail. Unless you
        accept, no account is opened for you.

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
