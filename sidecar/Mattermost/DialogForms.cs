using System.Collections.Immutable;
using System.Security.Cryptography;
using Sidecar.Chat;
using Sidecar.Interactions;

namespace Sidecar.Mattermost;

/// <summary>
/// Makes of what a feature asks the form that somebody's client shows: drawn as the server can, completed, and sealed
/// with all that its answers are read by. The first one, the same one drawn anew, and the one that follows (DLG-2).
/// </summary>
internal sealed class DialogForms(
    ReplyWriter write,
    InteractionSeal seal,
    ServerForms server,
    TimeProvider clock
)
{
    /// <summary>The form that is opened.</summary>
    public async ValueTask<OpenDialog> First(
        Reply.Ask ask,
        Envelope envelope,
        CancellationToken cancel
    )
    {
        var drawn = await Drawn(ask.Form, cancel);
        return Sealed(drawn, FormShape.Complete(Asked(drawn)), Beginning(ask, envelope), 0);
    }

    /// <summary>The form that follows another one in the same window; null where the server has no such thing.</summary>
    public async ValueTask<OpenDialog?> Following(
        Reply.Ask ask,
        SealedDialog before,
        Envelope envelope,
        CancellationToken cancel
    )
    {
        if (!(await server.Abilities(cancel)).DrawAnew)
        {
            return null;
        }

        var drawn = await Drawn(ask.Form, cancel);
        var next = Beginning(ask, envelope) with { Later = before.Later };
        return Sealed(drawn, FormShape.Complete(Asked(drawn)), next, (before.Step ?? 0) + 1);
    }

    /// <summary>The form that somebody is filling in, as it is for what they have answered so far.</summary>
    public async ValueTask<OpenDialog> Anew(
        DialogForm form,
        SealedDialog before,
        IReadOnlyDictionary<string, string> sent,
        CancellationToken cancel
    )
    {
        var drawn = FormRedrawing.Over(await Drawn(form, cancel), before.Asked ?? [], sent);
        var complete = FormRedrawing.Ticked(FormShape.Complete(Asked(drawn)), form, sent);
        return Sealed(drawn, complete, before, before.Step ?? 0);
    }

    private SealedDialog Beginning(Reply.Ask ask, Envelope envelope) =>
        new(
            ask.Dialog,
            $"dialog:{RandomNumberGenerator.GetHexString(26, lowercase: true)}",
            envelope.User,
            envelope.Team,
            envelope.Channel,
            envelope.Thread,
            clock.GetUtcNow() + ask.ValidFor,
            ask.State,
            [],
            envelope.Later?.Value,
            Pressed: envelope.Pressed,
            Confirmed: FormAnswers.WhatIsConfirmed(ask.Form)
        );

    private async ValueTask<DialogForm> Drawn(DialogForm form, CancellationToken cancel)
    {
        await write.Know(form, cancel);
        return form.Fields.IsDefaultOrEmpty
            ? form with
            {
                Fields = [],
            }
            : write.Drawn(form, await server.Abilities(cancel));
    }

    private static DialogForm Asked(DialogForm drawn) =>
        drawn with
        {
            Fields = [.. drawn.Fields.Where(f => !f.IsSpared)],
        };

    private OpenDialog Sealed(DialogForm drawn, DialogForm shown, SealedDialog about, int step)
    {
        var dialog = about with { Asked = AskedField.Of(drawn), Step = step == 0 ? null : step };
        return new OpenDialog(
            step == 0
                ? shown
                : shown with
                {
                    Fields = [.. shown.Fields.Select(field => OfStep(field, dialog, step))],
                },
            dialog.Dialog,
            seal.SealDialog(dialog)
        )
        {
            Step = step,
        };
    }

    /// <summary>Whatever a list asks comes with the first form's state: those of later forms vouch for themselves.</summary>
    private DialogField OfStep(DialogField field, SealedDialog dialog, int step) =>
        field with
        {
            Name = OpenDialog.Sent(step, field.Name),
            LookUpState =
                field.Drawing == FieldDrawing.Offered
                    ? seal.SealDialog(
                        dialog with
                        {
                            Dialog = "",
                            State = "",
                            Asked = [.. dialog.Asked!.Where(a => a.Name == field.Name)],
                        }
                    )
                    : null,
        };
}
