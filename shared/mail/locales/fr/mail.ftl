### Mails in French. An empty line inside a sentence starts a new paragraph.
### A name follows « chez » or stands alone, never « de », which would have to become « d’ » before a vowel.

## What every mail has

# $has-name: whether the reader's name is known. $name: that name.
greeting = { $has-name ->
    [yes] Bonjour { $name },
   *[no] Bonjour,
}
regards = Cordialement,
# $business: the name of the business.
footer = { $business } vous a envoyé cet e-mail automatiquement.

# $action: the words on the button. The colon follows a no-break space.
link-introduction = { $action }{ "\u00A0" }:
link-fallback = Si le bouton ne fonctionne pas, ouvrez cette adresse dans votre navigateur{ "\u00A0" }:

## How the business is reached

# $label: one of those below. $value: what it is. The colon follows a no-break space.
contact-line = { $label }{ "\u00A0" }: { $value }
contact-email = E-mail
contact-phone = Téléphone
contact-website = Site web
contact-terms = Conditions générales
contact-privacy = Politique de confidentialité

## Times

# $day, $month, $year: numbers. $time: hours and minutes. No line breaks between day and month.
moment = { $day ->
    [1] 1er
   *[other] { $day }
}{ "\u00A0" }{ month } { $year } à { $time } UTC
month = { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
}

## Roles, as in « rejoindre l’équipe comme … »

role-administrator = administratrice ou administrateur
role-manager = responsable
role-agent = agente ou agent
role-read-only = lectrice ou lecteur

## What administrators are told of

why-administrators =
    Vous recevez cet e-mail en tant qu’administratrice ou administrateur.

## The mails

# $registered: when the registration was received. $expires: until when the link works.
# $effect: what following it brings about. Where it only proves the address, the account is there already.
confirm-address =
    .subject = Confirmez votre adresse e-mail pour { $business }
    .preview = { $effect ->
        [opens-account] Encore une étape et votre compte sera ouvert.
        [asks-for-approval] Encore une étape et nous examinerons votre inscription.
       *[proves-address] Veuillez confirmer que cette adresse est bien la vôtre.
    }
    .opening =
        Merci de votre inscription chez { $business }. Nous l’avons reçue le
        { $registered }.

        Veuillez confirmer que cette adresse e-mail est bien la vôtre. { $effect ->
            [opens-account] Votre compte sera alors ouvert.
            [asks-for-approval] Nous examinerons alors votre inscription et vous
                écrirons dès qu’une décision aura été prise.
           *[proves-address] Personne d’autre ne pourra alors l’utiliser pour
                s’inscrire. Pour le reste, rien ne change pour votre compte.
        }
    .action = Confirmer l’adresse e-mail
    .closing =
        Le lien est valable jusqu’au { $expires }.

        { $effect ->
           *[proves-address] Si cette inscription ne vient pas de vous, quelqu’un
                d’autre a utilisé votre adresse. Dans ce cas, veuillez en informer
                { $business } et ne pas ouvrir le lien.
            [opens-account] { without-confirmation }
            [asks-for-approval] { without-confirmation }
        }
without-confirmation =
    Si cette inscription ne vient pas de vous, ignorez simplement cet e-mail.
    Sans votre confirmation, aucun compte ne sera ouvert pour votre adresse.

# $registered: when the registration was received. $expires: until when the link works. The reader may not be who registered.
confirm-registration =
    .subject = Votre adresse e-mail est inscrite chez { $business }, mais pas confirmée
    .preview = Confirmez-la avec le mot de passe choisi alors, ou avec un nouveau.
    .opening =
        Cette adresse e-mail a été inscrite chez { $business } le { $registered } et
        n’a pas été confirmée depuis. Quelqu’un, peut-être vous, vient de demander un
        nouveau lien.

        Si cette inscription vient de vous, suivez le lien et indiquez le mot de passe
        que vous avez choisi alors. Si elle ne vient pas de vous, ou si vous l’avez
        oublié, le lien vous permet d’en choisir un nouveau. Celui de l’inscription ne
        sera alors plus valable.
    .action = Confirmer l’adresse e-mail
    .closing =
        Le lien est valable jusqu’au { $expires }.

        Si vous ne souhaitez pas de compte chez { $business }, ignorez simplement cet
        e-mail.

registration-received =
    .subject = Nous avons reçu votre inscription chez { $business }
    .preview = Nous vous écrirons dès qu’une décision aura été prise.
    .opening =
        Merci de votre inscription chez { $business }. Nous l’avons bien reçue et nous
        l’examinons maintenant.

        Nous vous écrirons à cette adresse dès qu’une décision aura été prise. Vous
        pourrez vous connecter une fois votre inscription acceptée.
    .closing = Si cette inscription ne vient pas de vous, merci d’en informer { $business }.

# $has-reason: whether there is a note; if so, it follows the opening.
registration-approved =
    .subject = Votre inscription chez { $business } a été acceptée
    .preview = Votre compte est ouvert et vous pouvez vous connecter.
    .opening =
        Votre inscription chez { $business } a été acceptée et votre compte est ouvert.
        Vous pouvez dès maintenant vous connecter avec cette adresse e-mail et votre
        mot de passe.

        Nous sommes heureux de vous compter parmi nous.

        { $has-reason ->
            [yes] Un mot de notre part{ "\u00A0" }:
           *[no] { "" }
        }
    .action = Se connecter
    .closing = Si cette inscription ne vient pas de vous, merci d’en informer { $business }.

# $has-reason: whether a reason was given; if so, it follows the opening.
registration-rejected =
    .subject = Votre inscription chez { $business } n’a pas été acceptée
    .preview = Nous sommes désolés que votre compte ne puisse pas être ouvert.
    .opening =
        Merci de votre inscription chez { $business }. Nous l’avons examinée et sommes
        désolés de vous annoncer qu’elle n’a pas été acceptée. Votre compte ne sera pas
        ouvert.

        { $has-reason ->
            [yes] En voici la raison{ "\u00A0" }:
           *[no] { "" }
        }
    .closing =
        Si vous avez des questions au sujet de cette décision, veuillez contacter { $business }.

        Si cette inscription ne vient pas de vous, vous n’avez rien à faire.

# $attempted: when someone tried to register the address, or to change theirs to it.
already-registered =
    .subject = Vous avez déjà un compte chez { $business }
    .preview = Connectez-vous simplement avec votre mot de passe.
    .opening =
        Quelqu’un, peut-être vous, a voulu utiliser cette adresse e-mail pour un autre
        compte chez { $business } le { $attempted }.

        Vous avez déjà un compte. Connectez-vous simplement avec cette adresse et
        votre mot de passe. Si vous l’avez oublié, choisissez
        «{ "\u00A0" }Mot de passe oublié{ "\u00A0" }» sur la même page{ "\u00A0" }: nous vous
        enverrons un lien pour en définir un nouveau.
    .action = Se connecter
    .closing =
        Si ce n’était pas vous, vous n’avez rien à faire. Votre compte n’a pas changé
        et cette tentative n’y a donné accès à personne.

welcome =
    .subject = Bienvenue chez { $business }
    .preview = Votre compte est ouvert et vous pouvez vous connecter.
    .opening =
        Votre compte chez { $business } est ouvert. Vous pouvez dès maintenant vous
        connecter avec cette adresse e-mail et votre mot de passe.

        Nous sommes heureux de vous compter parmi nous.
    .action = Se connecter
    .closing = Si cette inscription ne vient pas de vous, merci d’en informer { $business }.

# $attempted: when the password was entered. $has-device: whether it is known what the device calls itself. $device: that.
# $minutes: how long the code works from then on. $expires: until when it works. The code follows the opening. What comes
# before it is long enough that no inbox shows the code beside the subject.
device-code =
    .subject = Votre code de connexion pour { $business }
    .preview = Votre mot de passe a été saisi sur un appareil que votre compte ne connaît pas encore.
    .opening =
        Votre mot de passe pour { $business } a été saisi le { $attempted } sur un
        appareil que votre compte ne connaît pas encore{ $has-device ->
            [yes] { "\u00A0" }: «{ "\u00A0" }{ $device }{ "\u00A0" }»
           *[no] { "" }
        }.

        Si c’était vous, saisissez le code ci-dessous pour vous connecter. Il est valable
        pendant { $minutes }{ "\u00A0" }minutes, jusqu’au { $expires }. Veuillez ne le communiquer à
        personne{ "\u00A0" }: { $business } ne vous le demandera jamais.
    .closing =
        Si ce n’était pas vous, quelqu’un connaît votre mot de passe. À lui seul, il ne
        permet pas d’accéder à votre compte, mais veuillez en définir un autre sans
        tarder.
    .action = Définir un autre mot de passe

# $asked: when someone asked for the link. $expires: until when it works.
password-reset =
    .subject = Choisissez un nouveau mot de passe pour { $business }
    .preview = Le lien de cet e-mail vous permet de choisir un nouveau mot de passe.
    .opening =
        Quelqu’un, peut-être vous, a demandé un nouveau mot de passe pour votre compte
        chez { $business } le { $asked }.

        Si c’était vous, suivez le lien pour le choisir. Tous vos appareils seront alors
        déconnectés et vous pourrez vous connecter avec le nouveau mot de passe.
    .action = Choisir un nouveau mot de passe
    .closing =
        Le lien est valable une seule fois, jusqu’au { $expires }.

        Si ce n’était pas vous, ignorez simplement cet e-mail et ne transmettez le lien à
        personne. Votre mot de passe reste inchangé.

# $changed: when that was. $account: whether it is the owner of a company who set it by a mailed link.
password-changed =
    .subject = Votre mot de passe pour { $business } a été modifié
    .preview = { $account ->
        [company] Si c’était vous, vérifiez qui a accès.
       *[own] Si c’était vous, vous n’avez rien à faire.
    }
    .opening =
        Le mot de passe de votre compte chez { $business } a été modifié le { $changed }.
        Tous vos autres appareils ont été déconnectés.

        { $account ->
            [company] Si c’était vous, vérifiez qui a accès à votre entreprise{ "\u00A0" }:
                connectez-vous et choisissez «{ "\u00A0" }Les personnes de votre entreprise{ "\u00A0" }»
                dans votre compte.
           *[own] Si c’était vous, vous n’avez rien à faire.
        }

        Sinon, veuillez définir immédiatement un autre mot de passe. Nous vous enverrons
        un lien pour cela.
    .action = Définir un autre mot de passe
    .closing = Si ce n’était pas vous, merci d’en informer également { $business }.

# $noticed: when it was noticed that a session was copied.
sessions-ended =
    .subject = { $business } a déconnecté tous vos appareils
    .preview = Veuillez vous reconnecter et changer votre mot de passe.
    .opening =
        Le { $noticed }, nous avons constaté que la clé numérique qui permet à l’un de
        vos appareils de rester connecté avait été utilisée deux fois, comme si quelqu’un
        l’avait copiée. Comme nous ne pouvons pas savoir laquelle de ces utilisations
        était la vôtre, nous avons déconnecté tous vos appareils.

        Veuillez vous reconnecter et changer votre mot de passe.
    .action = Se connecter et changer de mot de passe
    .closing =
        Si vous trouvez dans votre compte quelque chose qui ne vient pas de vous, merci
        d’en informer { $business }.

# $expires: until when the link works.
confirm-new-address =
    .subject = Confirmez votre nouvelle adresse e-mail pour { $business }
    .preview = Vous vous connecterez ensuite avec cette adresse.
    .opening =
        Quelqu’un, peut-être vous, a indiqué cette adresse e-mail comme nouvelle adresse
        de son compte chez { $business }.

        Si c’était vous, veuillez confirmer que l’adresse est bien la vôtre. Vous vous
        connecterez ensuite avec elle et recevrez nos e-mails ici.
    .action = Confirmer la nouvelle adresse e-mail
    .closing =
        Le lien est valable jusqu’au { $expires }.

        Si ce n’était pas vous, ignorez simplement cet e-mail. Sans votre confirmation,
        rien ne changera.

# $to: the new address, with its name hidden but for the first letter. $changed: when it took the old one's place.
address-changed =
    .subject = Votre adresse e-mail pour { $business } a été modifiée
    .preview = Si c’était vous, vous n’avez rien à faire.
    .opening =
        L’adresse e-mail de votre compte chez { $business } a été modifiée le
        { $changed }. La nouvelle adresse est { $to }{ "\u00A0" }; nous n’en montrons ici
        qu’une partie. Désormais, vous vous connectez avec elle et y recevez nos e-mails.

        Si c’était vous, vous n’avez rien à faire.
    .closing =
        Si ce n’était pas vous, quelqu’un d’autre a peut-être accès à votre compte.
        Dans ce cas, veuillez contacter { $business } dès que possible.

# $blocked: when it was blocked. $has-contact: whether it is known whom to ask. $contact: an e-mail address or a telephone number.
account-blocked =
    .subject = Votre compte chez { $business } a été bloqué
    .preview = Vous ne pouvez plus vous connecter tant qu’il n’est pas débloqué.
    .opening =
        Votre compte chez { $business } a été bloqué le { $blocked }. Tous vos appareils ont
        été déconnectés et vous ne pouvez plus vous connecter tant qu’il n’est pas débloqué.
    .closing =
        Si vous avez des questions ou pensez qu’il s’agit d’une erreur, veuillez contacter
        { $business }{ $has-contact ->
            [yes] { "\u00A0" }: { $contact }
           *[no] .
        }

account-unblocked =
    .subject = Votre compte chez { $business } a été débloqué
    .preview = Vous pouvez vous connecter avec votre adresse e-mail et votre mot de passe.
    .opening =
        Votre compte chez { $business } n’est plus bloqué. Vous pouvez vous connecter avec
        cette adresse e-mail et votre mot de passe.
    .action = Se connecter
    .closing =
        Si vous avez des questions, veuillez contacter { $business }{ $has-contact ->
            [yes] { "\u00A0" }: { $contact }
           *[no] .
        }

# $customer: the name that was given. $kind: person or company. $since: since when the registration waits.
# Nothing agrees with $customer, whose gender is not known.
approval-awaited =
    .subject = { $kind ->
        [company] Inscription en attente chez { $business }{ "\u00A0" }: une entreprise
       *[person] Inscription en attente chez { $business }{ "\u00A0" }: une personne
    }
    .preview = Veuillez vous prononcer sur cette inscription.
    .opening =
        { $customer } a demandé à s’inscrire chez { $business } { $kind ->
            [company] en tant qu’entreprise
           *[person] à titre personnel
        }. Cette inscription attend une décision depuis le { $since }.

        Veuillez vous connecter pour l’accepter ou la refuser. Votre décision sera
        ensuite communiquée par e-mail à l’adresse indiquée.
    .action = Examiner les inscriptions
    .closing =
        Quelqu’un d’autre a peut-être déjà pris une décision entre-temps.

        { why-administrators }

# $customer: the name that was given. $kind: person or company. $opened: since when the account is open.
# Nothing agrees with $customer, whose gender is not known.
new-registration =
    .subject = { $kind ->
        [company] Une entreprise s’est inscrite chez { $business }
       *[person] Une personne s’est inscrite chez { $business }
    }
    .preview = Le compte est ouvert. Vous n’avez rien à faire.
    .opening =
        { $customer } a maintenant un compte chez { $business } { $kind ->
            [company] en tant qu’entreprise
           *[person] à titre personnel
        }. Ce compte est ouvert depuis le { $opened }.

        Vous n’avez rien à faire.
    .action = Voir les inscriptions
    .closing = { why-administrators }

# $has-company: whether the name of the company can be told. $company: that name. $role: manager or member. $expires: until when the link works.
# The subject does not name the company: whoever reads it may never have heard of it.
employee-invitation =
    .subject = { $business }{ "\u00A0" }: une entreprise vous invite à rejoindre son compte
    .preview = Acceptez l’invitation et choisissez votre mot de passe.
    .opening =
        { $has-company ->
            [yes] { $company }, entreprise cliente chez { $business },
           *[no] Une entreprise cliente chez { $business }
        } vous invite à rejoindre son compte { $role ->
            [manager] pour l’administrer. Vous verrez le dossier de l’entreprise et déciderez qui d’autre le voit.
           *[member] comme membre. Vous verrez le dossier de l’entreprise.
        }

        En acceptant, vous choisirez votre nom et votre mot de passe.
    .action = Accepter l’invitation
    .closing =
        Le lien est valable jusqu’au { $expires }.

        Si un compte chez { $business } existe déjà pour cette adresse, demandez une
        invitation à une autre{ "\u00A0" }: une adresse appartient à un seul compte.

        Si vous n’attendiez pas cette invitation, ignorez simplement cet e-mail. Sans
        votre accord, aucun compte ne sera ouvert pour vous.

# $role: one of the roles above. $expires: until when the link works.
staff-invitation =
    .subject = { $business } vous invite à rejoindre l’équipe
    .preview = Acceptez l’invitation et choisissez votre mot de passe.
    .opening =
        { $business } vous invite à rejoindre l’équipe comme { $role }.

        En acceptant, vous choisirez le nom et le mot de passe de votre compte.
    .action = Accepter l’invitation
    .closing =
        Le lien est valable jusqu’au { $expires }.

        Si vous n’attendiez pas cette invitation, ignorez simplement cet e-mail. Sans
        votre accord, aucun compte ne sera ouvert pour vous.
