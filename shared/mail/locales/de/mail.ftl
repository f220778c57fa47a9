### Mails in German. An empty line inside a sentence starts a new paragraph.
### What follows the greeting starts in lower case, because the greeting ends with a comma.

## What every mail has

# $has-name: whether the reader's name is known. $name: that name.
greeting = { $has-name ->
    [yes] Guten Tag { $name },
   *[no] Guten Tag,
}
regards = Freundliche Grüße
# $business: the name of the business.
footer = Diese E-Mail wurde automatisch von { $business } verschickt.

# $action: the words on the button.
link-introduction = { $action }:
link-fallback = Falls die Schaltfläche nicht funktioniert, öffnen Sie diese Adresse in Ihrem Browser:

## How the business is reached

# $label: one of those below. $value: what it is.
contact-line = { $label }: { $value }
contact-email = E-Mail
contact-phone = Telefon
contact-website = Website
contact-terms = AGB
contact-privacy = Datenschutzerklärung

## Times

# $day, $month, $year: numbers. $time: hours and minutes. No line breaks between day and month.
moment = { $day }.{ "\u00A0" }{ month } { $year }, { $time } Uhr UTC
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
role-manager = Managerin oder Manager
role-agent = Mitarbeiterin oder Mitarbeiter
role-read-only = Person mit Leserechten

## What administrators are told of

why-administrators =
    Sie erhalten diese E-Mail als Administratorin oder Administrator.

## The mails

# $registered: when the registration was received. $expires: until when the link works.
# $effect: what following it brings about. Where it only proves the address, the account is there already.
confirm-address =
    .subject = Bestätigen Sie Ihre E-Mail-Adresse für { $business }
    .preview = { $effect ->
        [opens-account] Noch ein Schritt, dann ist Ihr Konto eröffnet.
        [asks-for-approval] Noch ein Schritt, dann prüfen wir Ihre Registrierung.
       *[proves-address] Bitte bestätigen Sie, dass diese Adresse Ihnen gehört.
    }
    .opening =
        vielen Dank für Ihre Registrierung bei { $business }. Eingegangen ist sie
        am { $registered }.

        Bitte bestätigen Sie, dass diese E-Mail-Adresse Ihnen gehört. { $effect ->
            [opens-account] Danach ist Ihr Konto eröffnet.
            [asks-for-approval] Danach prüfen wir Ihre Registrierung und schreiben
                Ihnen, sobald darüber entschieden ist.
           *[proves-address] Danach kann sich niemand anderes mehr damit registrieren.
                Ansonsten bleibt Ihr Konto, wie es ist.
        }
    .action = E-Mail-Adresse bestätigen
    .closing =
        Der Link gilt bis zum { $expires }.

        { $effect ->
           *[proves-address] Falls Sie sich nicht registriert haben, hat jemand anderes
                Ihre Adresse verwendet. Geben Sie dann bitte { $business } Bescheid
                und folgen Sie dem Link nicht.
            [opens-account] { without-confirmation }
            [asks-for-approval] { without-confirmation }
        }
without-confirmation =
    Falls Sie sich nicht registriert haben, ignorieren Sie diese E-Mail einfach.
    Ohne Ihre Bestätigung wird kein Konto für Ihre Adresse eröffnet.

# $registered: when the registration was received. $expires: until when the link works. The reader may not be who registered.
confirm-registration =
    .subject = Ihre E-Mail-Adresse ist bei { $business } registriert, aber nicht bestätigt
    .preview = Bestätigen Sie sie mit dem Passwort von damals oder mit einem neuen.
    .opening =
        diese E-Mail-Adresse wurde bei { $business } registriert. Das war
        am { $registered }; bestätigt wurde sie seitdem nicht. Nun hat jemand, vielleicht
        Sie, einen neuen Link angefordert.

        Falls Sie sich registriert haben, folgen Sie dem Link und geben Sie das
        Passwort ein, das Sie dabei gewählt haben. Falls Sie sich nicht registriert
        oder es vergessen haben, können Sie über den Link ein neues Passwort wählen.
        Das Passwort aus der Registrierung gilt dann nicht mehr.
    .action = E-Mail-Adresse bestätigen
    .closing =
        Der Link gilt bis zum { $expires }.

        Falls Sie kein Konto bei { $business } möchten, ignorieren Sie diese E-Mail
        einfach.

registration-received =
    .subject = Ihre Registrierung bei { $business } ist eingegangen
    .preview = Wir schreiben Ihnen, sobald darüber entschieden ist.
    .opening =
        vielen Dank für Ihre Registrierung bei { $business }. Wir haben sie erhalten
        und prüfen sie nun.

        Sobald darüber entschieden ist, schreiben wir Ihnen an diese Adresse. Anmelden
        können Sie sich, wenn Ihre Registrierung freigegeben ist.
    .closing = Falls Sie sich nicht registriert haben, geben Sie { $business } bitte Bescheid.

# $has-reason: whether there is a note; if so, it follows the opening.
registration-approved =
    .subject = Ihre Registrierung bei { $business } wurde freigegeben
    .preview = Ihr Konto ist eröffnet, und Sie können sich anmelden.
    .opening =
        Ihre Registrierung bei { $business } wurde freigegeben, und Ihr Konto ist
        eröffnet. Sie können sich ab sofort mit dieser E-Mail-Adresse und Ihrem
        Passwort anmelden.

        Schön, dass Sie da sind.

        { $has-reason ->
            [yes] Unsere Anmerkung dazu:
           *[no] { "" }
        }
    .action = Anmelden
    .closing = Falls Sie sich nicht registriert haben, geben Sie { $business } bitte Bescheid.

# $has-reason: whether a reason was given; if so, it follows the opening.
registration-rejected =
    .subject = Ihre Registrierung bei { $business } wurde nicht freigegeben
    .preview = Ihr Konto wird leider nicht eröffnet.
    .opening =
        vielen Dank für Ihr Interesse an { $business }. Wir haben Ihre Registrierung
        geprüft. Leider wurde sie nicht freigegeben; Ihr Konto wird daher nicht
        eröffnet.

        { $has-reason ->
            [yes] Der Grund dafür:
           *[no] { "" }
        }
    .closing =
        Wenn Sie Fragen zu dieser Entscheidung haben, wenden Sie sich bitte an
        { $business }.

        Falls Sie sich nicht registriert haben, brauchen Sie nichts zu tun.

# $attempted: when someone tried to register the address, or to change theirs to it.
already-registered =
    .subject = Sie haben bereits ein Konto bei { $business }
    .preview = Melden Sie sich einfach mit Ihrem Passwort an.
    .opening =
        jemand, vielleicht Sie selbst, wollte diese E-Mail-Adresse für ein weiteres
        Konto bei { $business } verwenden. Das war am { $attempted }.

        Sie haben bereits ein Konto. Melden Sie sich einfach mit dieser Adresse und
        Ihrem Passwort an. Falls Sie es vergessen haben, wählen Sie auf derselben Seite
        „Passwort vergessen“; wir senden Ihnen dann einen Link für ein neues.
    .action = Anmelden
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
    .action = Anmelden
    .closing = Falls Sie sich nicht registriert haben, geben Sie { $business } bitte Bescheid.

# $attempted: when the password was entered. $has-device: whether it is known what the device calls itself. $device: that.
# $minutes: how long the code works from then on. $expires: until when it works. The code follows the opening. What comes
# before it is long enough that no inbox shows the code beside the subject.
device-code =
    .subject = Ihr Code für die Anmeldung bei { $business }
    .preview = Ihr Passwort wurde auf einem Gerät eingegeben, das Ihr Konto noch nicht kennt.
    .opening =
        Ihr Passwort für { $business } wurde auf einem Gerät eingegeben, das Ihr Konto
        noch nicht kennt{ $has-device ->
            [yes] : „{ $device }“
           *[no] { "" }
        }. Das war am { $attempted }.

        Falls Sie es waren, geben Sie zum Anmelden den folgenden Code ein. Er gilt
        { $minutes }{ "\u00A0" }Minuten lang, bis zum { $expires }. Bitte geben Sie ihn nicht
        weiter: { $business } fragt Sie niemals danach.
    .closing =
        Falls Sie es nicht waren, kennt jemand Ihr Passwort. Es allein genügt für
        die Anmeldung nicht; legen Sie bitte trotzdem bald ein anderes fest.
    .action = Anderes Passwort festlegen

# $asked: when someone asked for the link. $expires: until when it works.
password-reset =
    .subject = Wählen Sie ein neues Passwort für { $business }
    .preview = Mit dem Link in dieser E-Mail wählen Sie ein neues Passwort.
    .opening =
        jemand, vielleicht Sie selbst, hat ein neues Passwort für Ihr Konto bei
        { $business } angefordert. Das war am { $asked }.

        Falls Sie es waren, folgen Sie dem Link und wählen Sie eines. Danach sind Sie
        auf allen Geräten abgemeldet und können sich mit dem neuen Passwort anmelden.
    .action = Neues Passwort wählen
    .closing =
        Der Link lässt sich einmal verwenden, bis zum { $expires }.

        Falls Sie es nicht waren, ignorieren Sie diese E-Mail einfach und geben Sie
        den Link nicht weiter. Ihr Passwort bleibt, wie es ist.

# $changed: when that was. $account: whether it is the owner of a company who set it by a mailed link.
password-changed =
    .subject = Ihr Passwort für { $business } wurde geändert
    .preview = { $account ->
        [company] Falls Sie es selbst waren, sehen Sie bitte nach, wer Zugang hat.
       *[own] Falls Sie es selbst waren, brauchen Sie nichts zu tun.
    }
    .opening =
        das Passwort Ihres Kontos bei { $business } wurde geändert. Das war
        am { $changed }. Auf allen anderen Geräten sind Sie jetzt abgemeldet.

        { $account ->
            [company] Falls Sie es selbst waren, sehen Sie bitte nach, wer Zugang zu Ihrem
                Unternehmen hat: Melden Sie sich an und wählen Sie in Ihrem Konto
                „Menschen in Ihrem Unternehmen“.
           *[own] Falls Sie es selbst waren, brauchen Sie nichts zu tun.
        }

        Falls nicht, legen Sie bitte sofort ein anderes Passwort fest. Einen Link dafür
        senden wir Ihnen zu.
    .action = Anderes Passwort festlegen
    .closing = Falls Sie es nicht waren, geben Sie bitte auch { $business } Bescheid.

# $noticed: when it was noticed that a session was copied.
sessions-ended =
    .subject = Sie wurden bei { $business } auf allen Geräten abgemeldet
    .preview = Bitte melden Sie sich neu an und ändern Sie Ihr Passwort.
    .opening =
        der digitale Schlüssel, mit dem eines Ihrer Geräte angemeldet bleibt, wurde
        zweimal verwendet, als hätte ihn jemand kopiert; bemerkt haben wir das
        am { $noticed }. Weil wir nicht erkennen können, welche Verwendung Ihre war,
        haben wir Sie auf allen Geräten abgemeldet.

        Bitte melden Sie sich neu an und ändern Sie Ihr Passwort.
    .action = Anmelden und Passwort ändern
    .closing =
        Falls Sie in Ihrem Konto etwas finden, das nicht von Ihnen stammt, geben Sie
        { $business } bitte Bescheid.

# $expires: until when the link works.
confirm-new-address =
    .subject = Bestätigen Sie Ihre neue E-Mail-Adresse für { $business }
    .preview = Danach melden Sie sich mit dieser Adresse an.
    .opening =
        jemand, vielleicht Sie selbst, hat diese E-Mail-Adresse als neue Adresse eines
        Kontos bei { $business } angegeben.

        Falls Sie es waren, bestätigen Sie bitte, dass die Adresse Ihnen gehört. Danach
        melden Sie sich damit an und erhalten unsere E-Mails hier.
    .action = Neue E-Mail-Adresse bestätigen
    .closing =
        Der Link gilt bis zum { $expires }.

        Falls Sie es nicht waren, ignorieren Sie diese E-Mail einfach. Ohne Ihre
        Bestätigung ändert sich nichts.

# $to: the new address, with its name hidden but for the first letter. $changed: when it took the old one's place.
address-changed =
    .subject = Ihre E-Mail-Adresse für { $business } wurde geändert
    .preview = Falls Sie es selbst waren, brauchen Sie nichts zu tun.
    .opening =
        die E-Mail-Adresse Ihres Kontos bei { $business } wurde geändert. Das war
        am { $changed }. Die neue Adresse lautet { $to }; wir zeigen sie hier nur zum
        Teil. Ab jetzt melden Sie sich damit an und erhalten unsere E-Mails dort.

        Falls Sie es selbst waren, brauchen Sie nichts zu tun.
    .closing =
        Falls Sie es nicht waren, hat vielleicht jemand anderes Zugang zu Ihrem Konto.
        Wenden Sie sich dann bitte so bald wie möglich an { $business }.

# $blocked: when it was blocked. $has-contact: whether it is known whom to ask. $contact: an e-mail address or a telephone number.
account-blocked =
    .subject = Ihr Konto bei { $business } wurde gesperrt
    .preview = Bis es entsperrt wird, können Sie sich nicht anmelden.
    .opening =
        Ihr Konto bei { $business } wurde gesperrt. Das war am { $blocked }. Sie sind auf
        allen Geräten abgemeldet und können sich nicht anmelden, bis es entsperrt wird.
    .closing =
        Falls Sie Fragen haben oder das für einen Irrtum halten, wenden Sie sich bitte an
        { $business }{ $has-contact ->
            [yes] : { $contact }
           *[no] .
        }

account-unblocked =
    .subject = Ihr Konto bei { $business } wurde entsperrt
    .preview = Sie können sich mit E-Mail-Adresse und Passwort anmelden.
    .opening =
        Ihr Konto bei { $business } ist nicht mehr gesperrt. Sie können sich mit dieser
        E-Mail-Adresse und Ihrem Passwort anmelden.
    .action = Anmelden
    .closing =
        Falls Sie Fragen haben, wenden Sie sich bitte an { $business }{ $has-contact ->
            [yes] : { $contact }
           *[no] .
        }

# $customer: the name that was given. $kind: person or company. $since: since when the registration waits.
approval-awaited =
    .subject = { $kind ->
        [company] Ein Unternehmen wartet bei { $business } auf Freigabe
       *[person] Eine Person wartet bei { $business } auf Freigabe
    }
    .preview = Bitte entscheiden Sie über die Registrierung.
    .opening =
        { $customer } hat sich bei { $business } { $kind ->
            [company] als Unternehmen
           *[person] als Privatperson
        } registriert. Auf Freigabe wartet die Registrierung seit dem { $since }.

        Bitte melden Sie sich an, um sie freizugeben oder abzulehnen. Ihre Entscheidung
        geht dann per E-Mail an die registrierte Adresse.
    .action = Über Registrierungen entscheiden
    .closing =
        Vielleicht hat in der Zwischenzeit schon jemand anderes entschieden.

        { why-administrators }

# $customer: the name that was given. $kind: person or company. $opened: since when the account is open.
new-registration =
    .subject = { $kind ->
        [company] Ein Unternehmen hat sich bei { $business } registriert
       *[person] Eine Person hat sich bei { $business } registriert
    }
    .preview = Das Konto ist eröffnet. Sie brauchen nichts zu tun.
    .opening =
        { $customer } hat sich bei { $business } { $kind ->
            [company] als Unternehmen
           *[person] als Privatperson
        } registriert. Eröffnet ist das Konto seit dem { $opened }.

        Sie brauchen nichts zu tun.
    .action = Registrierungen ansehen
    .closing = { why-administrators }

# $has-company: whether the name of the company can be told. $company: that name. $role: manager or member. $expires: until when the link works.
# The subject does not name the company: whoever reads it may never have heard of it.
employee-invitation =
    .subject = { $business }: Ein Unternehmen lädt Sie zu seinem Konto ein
    .preview = Nehmen Sie die Einladung an und wählen Sie Ihr Passwort.
    .opening =
        { $has-company ->
            [yes] { $company } ist Kunde bei { $business } und
           *[no] ein Unternehmen, das Kunde bei { $business } ist,
        } lädt Sie { $role ->
            [manager] zur Verwaltung des Kontos ein. Sie sehen dann die Daten des Unternehmens und entscheiden, wer sie noch sieht.
           *[member] zum Konto ein. Sie sehen dann die Daten des Unternehmens.
        }

        Wenn Sie die Einladung annehmen, wählen Sie Ihren Namen und Ihr Passwort.
    .action = Einladung annehmen
    .closing =
        Der Link gilt bis zum { $expires }.

        Gehört zu dieser Adresse schon ein Konto bei { $business }, dann bitten Sie um
        eine Einladung an eine andere: Eine Adresse gehört zu einem Konto.

        Falls Sie diese Einladung nicht erwartet haben, ignorieren Sie diese E-Mail
        einfach. Solange Sie nicht annehmen, wird kein Konto für Sie eröffnet.

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
