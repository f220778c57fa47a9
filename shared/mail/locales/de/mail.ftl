### Mails in German. An empty line inside a sentence starts a new paragraph.
### What follows the greeting starts in lower case, because the greeting ends with a comma.

## What every mail has

# $name: the reader's name.
greeting = Guten Tag,
greeting-by-name = Guten Tag { $name },
regards = Freundliche Grüße
# $business: the name of the business.
footer = Diese E-Mail wurde automatisch von { $business } verschickt.

# $action: the words on the button.
link-introduction = { $action }:
link-fallback = Falls die Schaltfläche nicht funktioniert, öffnen Sie diese Adresse in Ihrem Browser:

## Times

# $day, $month, $year: numbers. $time: hours and minutes.
moment = { $day }. { month } { $year }, { $time } Uhr UTC
month = { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
}

## Roles, as in "lädt Sie als … in das Team ein"

role-administrator = Administratorin oder Administrator

## The mails

# $registered: when the registration was received. $expires: until when the link works.
confirm-address =
    .subject = Bestätigen Sie Ihre E-Mail-Adresse für { $business }
    .preview = Noch ein Schritt, dann ist Ihr Konto eröffnet.
    .opening =
        vielen Dank für Ihre Registrierung bei { $business }. Eingegangen ist sie
        am { $registered }.

        Bitte bestätigen Sie, dass diese E-Mail-Adresse Ihnen gehört. Danach ist Ihr
        Konto eröffnet.
    .action = E-Mail-Adresse bestätigen
    .closing =
        Der Link gilt bis zum { $expires }.

        Falls Sie sich nicht registriert haben, ignorieren Sie diese E-Mail einfach.
        Ohne Ihre Bestätigung wird kein Konto für Ihre Adresse eröffnet.

# $attempted: when someone tried to register.
already-registered =
    .subject = Sie haben bereits ein Konto bei { $business }
    .preview = Melden Sie sich einfach mit Ihrem Passwort an.
    .opening =
        jemand, vielleicht Sie selbst, wollte sich mit dieser E-Mail-Adresse bei
        { $business } registrieren. Das war am { $attempted }.

        Sie haben bereits ein Konto. Melden Sie sich einfach mit dieser Adresse und
        Ihrem Passwort an.
    .closing =
        Falls Sie es nicht waren, brauchen Sie nichts zu tun. Ihr Konto ist
        unverändert, und niemand hat durch den Versuch Zugang dazu erhalten.

welcome =
    .subject = Willkommen bei { $business }
    .preview = Ihr Konto ist eröffnet, und Sie können sich anmelden.
    .opening =
        Ihr Konto bei { $business } ist eröffnet. Sie können sich ab sofort mit dieser
        E-Mail-Adresse und Ihrem Passwort anmelden.

        Schön, dass Sie da sind.
    .closing = Falls Sie sich nicht registriert haben, geben Sie { $business } bitte Bescheid.

# $role: one of the roles above. $expires: until when the link works.
staff-invitation =
    .subject = { $business } lädt Sie in das Team ein
    .preview = Nehmen Sie die Einladung an und wählen Sie Ihr Passwort.
    .opening =
        { $business } lädt Sie als { $role } in das Team ein.

        Wenn Sie die Einladung annehmen, wählen Sie den Namen und das Passwort Ihres
        Kontos.
    .action = Einladung annehmen
    .closing =
        Der Link gilt bis zum { $expires }.

        Falls Sie diese Einladung nicht erwartet haben, ignorieren Sie diese E-Mail
        einfach. Solange Sie nicht annehmen, wird kein Konto für Sie eröffnet.
