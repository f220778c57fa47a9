### Mails in French. An empty line inside a sentence starts a new paragraph.
### A name follows « chez » or stands alone, never « de », which would have to become « d’ » before a vowel.

## What every mail has

# $name: the reader's name.
greeting = Bonjour,
greeting-by-name = Bonjour { $name },
regards = Cordialement,
# $business: the name of the business.
footer = { $business } vous a envoyé cet e-mail automatiquement.

# $action: the words on the button. The colon follows a no-break space.
link-introduction = { $action }{ "\u00A0" }:
link-fallback = Si le bouton ne fonctionne pas, ouvrez cette adresse dans votre navigateur{ "\u00A0" }:

## Times

# $day, $month, $year: numbers. $time: hours and minutes.
moment = { $day ->
    [1] 1er
   *[other] { $day }
} { month } { $year } à { $time } UTC
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

## The mails

# $registered: when the registration was received. $expires: until when the link works.
confirm-address =
    .subject = Confirmez votre adresse e-mail pour { $business }
    .preview = Encore une étape et votre compte sera ouvert.
    .opening =
        Merci de votre inscription chez { $business }. Nous l’avons reçue le
        { $registered }.

        Veuillez confirmer que cette adresse e-mail est bien la vôtre. Votre compte
        sera alors ouvert.
    .action = Confirmer l’adresse e-mail
    .closing =
        Le lien est valable jusqu’au { $expires }.

        Si cette inscription ne vient pas de vous, ignorez simplement cet e-mail.
        Sans votre confirmation, aucun compte ne sera ouvert pour votre adresse.

# $attempted: when someone tried to register.
already-registered =
    .subject = Vous avez déjà un compte chez { $business }
    .preview = Connectez-vous simplement avec votre mot de passe.
    .opening =
        Quelqu’un, peut-être vous, a essayé de s’inscrire chez { $business } avec cette
        adresse e-mail le { $attempted }.

        Vous avez déjà un compte. Connectez-vous simplement avec cette adresse et
        votre mot de passe.
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
    .closing = Si cette inscription ne vient pas de vous, merci d’en informer { $business }.

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
