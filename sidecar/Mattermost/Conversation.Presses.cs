using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Mattermost;

/// <content>What becomes of a press (DLG-4): the one place that decides where its answer is seen.</content>
internal sealed partial class Conversation
{
    /// <summary>
    /// Where whoever pressed reads the answer. In a thread that is the thread. Elsewhere an ephemeral answer would stand
    /// in a thread that is closed, in direct messages too: what the card does not show itself is said in a small form.
    /// </summary>
    private async Task<Reply> WhereItIsSeen(
        PressedButton press,
        Reply reply,
        Envelope envelope,
        CancellationToken cancel
    )
    {
        if (
            reply is not Reply.Whisper { IsLastResort: false } answer
            || press.Action.InThread == true
        )
        {
            return reply;
        }

        if (answer.IsShown)
        {
            return Reply.Nothing;
        }

        var notice = new Reply.Ask(
            PressNotice.Form(answer),
            PressNotice.Dialog,
            PressNotice.State(answer),
            PressNotice.ValidFor,
            answer.Text
        );
        return await Opened(notice, envelope, cancel) ? Reply.Nothing : reply;
    }

    /// <summary>
    /// A menu keeps what was chosen in it until its post changes, and a refusal often means that the post is old: both
    /// are shown again. What was done changes its post by itself.
    /// </summary>
    private async Task BringUpToDate(PressedButton press, Reply reply, CancellationToken cancel)
    {
        if (press.Post is not { } post)
        {
            return;
        }

        try
        {
            switch (reply)
            {
                case Reply.Whisper { SettlesMessage: true } done:
                    await shown.Settle(post, done.Text, cancel);
                    break;
                case Reply.Whisper { IsShown: false, IsLastResort: false }:
                case not null when press.Chosen is not null:
                    await shown.Show(post, cancel);
                    break;
            }
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // What was decided stands; the post comes right with its next change.
            Log.NotUpToDate(log, press.Action.Action, problem);
        }
    }

    /// <summary>
    /// A form that closes has no place for words. Who typed a command for it gets them where they typed, as if they had
    /// typed all of it; who pressed on a post that does not show them, in the same window where servers have steps, and else
    /// by direct message. Whether a post shows them is not believed: it is looked at.
    /// </summary>
    /// <returns>What follows in the window; null when it closes.</returns>
    private async Task<OpenDialog?> TellWhatItDid(
        SubmissionReply reply,
        SealedDialog dialog,
        string? before,
        Envelope envelope,
        CancellationToken cancel
    )
    {
        if (reply is not SubmissionReply.DialogClosed { Said: { IsEmpty: false } words } closed)
        {
            return null;
        }

        if (dialog.Later is { } later)
        {
            try
            {
                await write.Know(words, cancel);
                await chat.AnswerLater(new LateAnswer(later), words, cancel);
                return null;
            }
            catch (ChatException problem)
            {
                // Half an hour has gone by, or the server is busy: the outbox is more patient.
                Log.NotAnsweredLater(log, dialog.Dialog, problem.Problem, problem);
            }
        }

        var after = await Look(dialog.Pressed, dialog.Dialog, cancel);
        if (
            closed.IsInSight
            && dialog.Pressed is { } post
            && await WhyFrozen(post, dialog.Dialog, cancel) is { } why
        )
        {
            after = before;
            words = With(words, why);
        }

        if (
            dialog.Later is null
            && (closed.ReadIn == envelope.Channel || IsSeen(closed, dialog, before, after))
        )
        {
            return null;
        }

        // A direct message stands where a direct message was pressed, in view; elsewhere nobody looks there.
        if (
            before == after
            && envelope.Team is not null
            && closed.Next is null
            && await Following(PressNotice.Done(words), dialog, envelope, cancel) is { } notice
        )
        {
            return notice;
        }

        await said.Privately(envelope, words, cancel);
        return null;
    }

    private async Task TellWhoAsked(
        SubmissionReply reply,
        SealedDialog dialog,
        Envelope envelope,
        CancellationToken cancel
    )
    {
        if (
            reply is not SubmissionReply.DialogClosed { Said: { IsEmpty: false } did }
            || dialog.Pressed is not { } post
        )
        {
            return;
        }

        try
        {
            await router.Did(post, envelope.User, did, cancel);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // It is done, and who did it must not read that it failed.
            Log.NotUpToDate(log, dialog.Dialog, problem);
        }
    }

    /// <summary>A message that was settled by it says so itself; of cards a feature says what is seen on them.</summary>
    private static bool IsSeen(
        SubmissionReply.DialogClosed closed,
        SealedDialog dialog,
        string? before,
        string? after
    ) =>
        dialog.Pressed is null ? closed.IsInSight
        : closed.IsInSight ? before != after
        : before is not null && after is null;

    /// <summary>
    /// A feature says that the post shows what was done. Where it looks as before, as a copy of a card elsewhere or the
    /// message of somebody who was asked may, or can't change any more, it is told.
    /// </summary>
    private async Task<Reply> AsItIsShown(
        Reply reply,
        PressedButton press,
        string? before,
        CancellationToken cancel
    )
    {
        if (
            reply is not Reply.Whisper { IsShown: true, SettlesMessage: false } done
            || press.Post is not { } post
        )
        {
            return reply;
        }

        var why = await WhyFrozen(post, press.Action.Action, cancel);
        return why is not null || before == await Look(post, press.Action.Action, cancel)
            ? done with
            {
                IsShown = false,
                Text = With(done.Text, why),
            }
            : reply;
    }

    /// <summary>What was done, and why it is not seen where it was done.</summary>
    private static Markdown With(Markdown said, Markdown? why) =>
        why is { } reason ? Markdown.Of($"{said} {reason}") : said;

    /// <summary>As in <see cref="ShownAgain.WhyFrozen"/>; null, too, when it can't be found out.</summary>
    private Task<Markdown?> WhyFrozen(PostId post, string what, CancellationToken cancel) =>
        OrNothing(what, shown.WhyFrozen(post, cancel));

    /// <summary>What the post shows from which somebody did something; null when it is none of ours, or can't be looked at.</summary>
    private async Task<string?> Look(PostId? pressed, string what, CancellationToken cancel) =>
        pressed is { } post ? await OrNothing(what, shown.Look(post, cancel)) : null;

    private async Task<T?> OrNothing<T>(string what, ValueTask<T?> looking)
        where T : class
    {
        try
        {
            return await looking;
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // What is done is not held up by how it is told.
            Log.NotUpToDate(log, what, problem);
            return null;
        }
    }

    /// <summary>The button of a notice: does what it offered, as if it had been pressed below a card.</summary>
    private async Task<SubmissionReply> GoOn(
        Envelope envelope,
        string state,
        CancellationToken cancel
    ) =>
        PressNotice.Next(state) is not { } next
            ? SubmissionReply.Close
            : await router.Action(envelope, next.Action, next.Payload, null, cancel) switch
            {
                Reply.Whisper { IsShown: false, IsRefusal: false } said => SubmissionReply.Done(
                    said.Text
                ),
                Reply.Whisper { IsShown: false } said => new SubmissionReply.Turned(said.Text),
                Reply.Ask ask => new SubmissionReply.Turned(ask.Otherwise),
                _ => SubmissionReply.Close,
            };
}
