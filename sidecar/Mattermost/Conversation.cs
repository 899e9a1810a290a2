using System.Security.Cryptography;
using Sidecar.Chat;
using Sidecar.Interactions;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Mattermost;

/// <summary>
/// From a verified act to the answer that Mattermost shows: asks whether the person may go on at this pace, lets the
/// router work, opens the dialog if that is the answer, and turns every fault into a sentence with a reference.
/// </summary>
internal sealed partial class Conversation(
    Router router,
    ReplyWriter write,
    DialogForms forms,
    IChat chat,
    ShownAgain shown,
    SaidAloud said,
    PersonalRateLimit pace,
    ActMetrics acts,
    ILogger<Conversation> log
)
{
    /// <summary>
    /// A form asks for itself whenever a list in it is changed: that is not counted as what people do, and what one
    /// process counts is enough.
    /// </summary>
    private readonly PersonalRateLimit _redrawn = new(burst: 120, perSecond: 10);

    public async Task<IResult> Command(
        Envelope envelope,
        string text,
        Mentions mentions,
        CancellationToken cancel
    ) => ReplyWriter.Command(await Answer(envelope, text, mentions, cancel));

    /// <summary>What a command answers.</summary>
    public async Task<CommandResponse> Answer(
        Envelope envelope,
        string text,
        Mentions mentions,
        CancellationToken cancel
    ) =>
        await write.Command(
            await Safely(
                ("command", "command"),
                envelope,
                () => router.Command(envelope, text, mentions, cancel),
                cancel
            ),
            cancel
        );

    public async Task<IResult> Action(
        Envelope envelope,
        PressedButton press,
        CancellationToken cancel
    )
    {
        var (action, chosen) = (press.Action, press.Chosen);
        var before = await Look(press.Post, action.Action, cancel);
        var reply = await Safely(
            ("action", action.Action),
            envelope,
            () => router.Action(envelope, action.Action, action.Payload, chosen, cancel),
            cancel
        );
        reply = await AsItIsShown(reply, press, before, cancel);
        await BringUpToDate(press, reply, cancel);
        return await write.Action(await WhereItIsSeen(press, reply, envelope, cancel), cancel);
    }

    /// <summary>
    /// What a word answers is said by the bot itself: an answer to the webhook would carry the name of whoever set the
    /// webhook up.
    /// </summary>
    public async Task<IResult> Trigger(
        Envelope envelope,
        string word,
        string text,
        CancellationToken cancel
    ) =>
        await Heard(envelope, word, text, cancel) is { } unsaid
            ? await write.Trigger(unsaid, cancel)
            : Results.Ok();

    /// <summary>The same for what is heard without a webhook.</summary>
    /// <returns>What could not be said aloud, for whoever wrote the word; null when all was.</returns>
    public async Task<CommandResponse?> Word(
        Envelope envelope,
        string word,
        string text,
        CancellationToken cancel
    ) =>
        await Heard(envelope, word, text, cancel) is { } unsaid
            ? await write.Command(unsaid, cancel)
            : null;

    private async Task<Reply?> Heard(
        Envelope envelope,
        string word,
        string text,
        CancellationToken cancel
    )
    {
        var reply = await Safely(
            ("trigger", "trigger"),
            envelope,
            () => router.Trigger(envelope, word, text, cancel),
            cancel
        );
        return await said.Aloud(envelope, reply, cancel) ? null : reply;
    }

    public async Task<IResult> Dialog(
        SealedDialog dialog,
        IReadOnlyDictionary<string, string> sent,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        if (dialog is { Dialog: PressNotice.Dialog, State: "" })
        {
            return ReplyWriter.Dialog(SubmissionReply.Close);
        }

        var envelope = From(dialog, now);
        if (await pace.TooFast(envelope.User, now, cancel) is { } wait)
        {
            acts.TooFast("dialog");
            return ReplyWriter.Dialog(
                SubmissionReply.Keep($"That was a lot at once. Wait {wait} and press again.")
            );
        }

        try
        {
            var answers = FormAnswers.Read(dialog.Asked, sent) with
            {
                Confirmed = dialog.Confirmed,
            };
            var before = await Look(dialog.Pressed, dialog.Dialog, cancel);
            var reply =
                dialog.Dialog == PressNotice.Dialog
                    ? await GoOn(envelope, dialog.State, cancel)
                    : await router.Dialog(envelope, dialog.Dialog, dialog.State, answers, cancel);
            acts.Answered("dialog", reply);
            await TellWhoAsked(reply, dialog, envelope, cancel);
            var told = await TellWhatItDid(reply, dialog, before, envelope, cancel);
            return told is not null ? write.Form(told)
                : reply is SubmissionReply.DialogClosed { Next: { } ask }
                && await Following(ask, dialog, envelope, cancel) is { } next
                    ? write.Form(next)
                : await write.Dialog(InStep(reply, dialog), cancel);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            acts.Failed("dialog", problem);
            return ReplyWriter.Dialog(
                SubmissionReply.Keep(Fault(dialog.Dialog, envelope, problem))
            );
        }
    }

    /// <summary>Somebody answered a field on which others depend: their form as it is now (DLG-2).</summary>
    public async Task<IResult> Redraw(
        SealedDialog dialog,
        IReadOnlyDictionary<string, string> sent,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var envelope = From(dialog, now);
        if (_redrawn.TooFastHere(envelope.User, now) is { } wait)
        {
            acts.TooFast("dialog");
            return ReplyWriter.Dialog(
                SubmissionReply.Keep($"That was a lot at once. Wait {wait} and choose again.")
            );
        }

        try
        {
            var answers = FormAnswers.Read(dialog.Asked, sent);
            var (form, instead) = await router.Redraw(
                envelope,
                dialog.Dialog,
                dialog.State,
                answers,
                cancel
            );
            return form is not null
                ? write.Form(await forms.Anew(form, dialog, sent, cancel))
                : await write.Dialog(instead ?? SubmissionReply.Close, cancel);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            acts.Failed("dialog", problem);
            return ReplyWriter.Dialog(
                SubmissionReply.Keep(Fault(dialog.Dialog, envelope, problem))
            );
        }
    }

    private static Envelope From(SealedDialog dialog, DateTimeOffset now) =>
        new(dialog.Act, dialog.User, dialog.Team, dialog.Channel, dialog.Thread, null, now)
        {
            Pressed = dialog.Pressed,
        };

    /// <summary>What was sent is done: when the next form can't be made, the window closes as it would without it.</summary>
    private async Task<OpenDialog?> Following(
        Reply.Ask ask,
        SealedDialog dialog,
        Envelope envelope,
        CancellationToken cancel
    )
    {
        try
        {
            return await forms.Following(ask, dialog, envelope, cancel);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            acts.Failed("dialog", problem);
            Log.NotFollowed(log, ask.Dialog, problem);
            return null;
        }
    }

    /// <summary>What is wrong with fields is said under the names that they have in this step.</summary>
    private static SubmissionReply InStep(SubmissionReply reply, SealedDialog dialog) =>
        reply is SubmissionReply.Marked marked && dialog.Step is { } step
            ? marked with
            {
                Problems = marked.Problems.ToDictionary(
                    p => OpenDialog.Sent(step, p.Key),
                    p => p.Value,
                    StringComparer.Ordinal
                ),
            }
            : reply;

    public static IResult DialogIsTooOld() =>
        ReplyWriter.Dialog(
            SubmissionReply.Keep(
                "This form was opened more than a day ago and is not taken any more. Copy what you wrote, close it, and open it again."
            )
        );

    public static IResult DialogIsClosed() => ReplyWriter.Dialog(SubmissionReply.Close);

    private async Task<Reply> Safely(
        (string Door, string What) act,
        Envelope envelope,
        Func<Task<Reply>> work,
        CancellationToken cancel
    )
    {
        if (await pace.TooFast(envelope.User, envelope.At, cancel) is { } wait)
        {
            acts.TooFast(act.Door);
            // A person never meets this; what does must not cost a form each time.
            return new Reply.Whisper(
                Markdown.Of(
                    $"That was a lot at once. Wait {wait} and send it again; nothing was done."
                )
            )
            {
                IsLastResort = true,
            };
        }

        try
        {
            var reply = await work();
            acts.Answered(act.Door, reply);
            return reply is Reply.Ask ask ? await Open(ask, envelope, cancel) : reply;
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            acts.Failed(act.Door, problem);
            return Reply.Say(Markdown.Sentence(Fault(act.What, envelope, problem)));
        }
    }

    /// <summary>The one moment in which Mattermost is waited for: what opens a dialog is good for seconds only.</summary>
    private async Task<Reply> Open(Reply.Ask ask, Envelope envelope, CancellationToken cancel)
    {
        if (envelope.Trigger is null)
        {
            return Reply.Say(ask.Otherwise);
        }

        // What could not be opened once will not be opened with other words in it either.
        return await Opened(ask, envelope, cancel)
            ? Reply.Nothing
            : new Reply.Whisper(
                Markdown.Of(
                    $"The form could not be opened: Mattermost did not take it. {ask.Otherwise}"
                )
            )
            {
                IsLastResort = true,
            };
    }

    private async Task<bool> Opened(Reply.Ask ask, Envelope envelope, CancellationToken cancel)
    {
        if (envelope.Trigger is not { } trigger)
        {
            return false;
        }

        var dialog = await forms.First(ask, envelope, cancel);
        try
        {
            await chat.OpenDialog(trigger, dialog, cancel);
            return true;
        }
        catch (ChatException problem)
        {
            Log.DialogNotOpened(log, ask.Dialog, problem.Problem, problem);
            return false;
        }
    }

    private string Fault(string what, Envelope envelope, Exception problem)
    {
        var reference = RandomNumberGenerator.GetHexString(6, lowercase: true);
        switch (problem)
        {
            case StoreUnwritableException:
                Log.NotWritable(log, what, envelope.User.Value, reference, problem);
                return $"Nothing was changed: the product can't write to its disk right now, reading still works. Tell your administrator (ref {reference}).";
            case StoreUncertainException:
                Log.Failed(log, what, envelope.User.Value, reference, problem);
                return $"The database was lost while this was being saved, and nobody can say yet whether it was. Look before you do it again, and tell your administrator (ref {reference}).";
            case ChatException:
                Log.ChatFailed(log, what, envelope.User.Value, reference, problem);
                return $"Nothing was changed: Mattermost did not answer a question that this needs. Try again in a moment (ref {reference}).";
            default:
                Log.Failed(log, what, envelope.User.Value, reference, problem);
                return $"That did not work, and it is our fault (ref {reference}). Try again; if it happens again, give that reference to your administrator.";
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "{What} by {User} failed (ref {Reference})"
        )]
        public static partial void Failed(
            ILogger log,
            string what,
            string user,
            string reference,
            Exception problem
        );

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "{What} by {User}: the store can't be written (ref {Reference})"
        )]
        public static partial void NotWritable(
            ILogger log,
            string what,
            string user,
            string reference,
            Exception problem
        );

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "{What} by {User}: Mattermost did not answer (ref {Reference})"
        )]
        public static partial void ChatFailed(
            ILogger log,
            string what,
            string user,
            string reference,
            Exception problem
        );

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "The post of {Action} was not brought up to date"
        )]
        public static partial void NotUpToDate(ILogger log, string action, Exception problem);

        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "What {Dialog} did is said by direct message, since it could not be said where it was opened: {Problem}"
        )]
        public static partial void NotAnsweredLater(
            ILogger log,
            string dialog,
            ChatProblem problem,
            Exception exception
        );

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Dialog {Dialog} does not follow the one that was sent"
        )]
        public static partial void NotFollowed(ILogger log, string dialog, Exception problem);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Dialog {Dialog} was not opened: {Problem}"
        )]
        public static partial void DialogNotOpened(
            ILogger log,
            string dialog,
            ChatProblem problem,
            Exception exception
        );
    }
}
