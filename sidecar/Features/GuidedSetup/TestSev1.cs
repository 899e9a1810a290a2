using Sidecar.Chat;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Intake;
using Sidecar.Features.Escalations.Routing;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.GuidedSetup;

/// <summary>What the button and the question of a test remember: nothing.</summary>
internal sealed record GuidedTestRef;

/// <summary>The Sev 1 that was raised last to see whom one reaches.</summary>
internal sealed record GuidedTest(EscalationId Raised)
{
    public const string Id = "latest";

    public static DocumentKind<GuidedTest> Kind { get; } =
        new("guided-setup-test", GuidedJson.Default.GuidedTest);

    /// <summary>The one that is open, whoever began it; null when another can be raised.</summary>
    public static async ValueTask<OneAtATime> Latest(Store store, CancellationToken cancel)
    {
        var read = await store.Find(Kind, Id, cancel);
        var latest = read is null
            ? null
            : (
                await store.Find(EscalationIndexes.Kind, read.Value.Raised.ToString(), cancel)
            )?.Value;
        return new OneAtATime(
            latest is not null && PossibleMoves.PossibleWith(latest).Contains(EscalationMove.Cancel)
                ? latest
                : null,
            (change, raised) =>
                _ = read is null
                    ? change.Add(Kind, Id, new GuidedTest(raised))
                    : change.Replace(Kind, read, new GuidedTest(raised))
        );
    }
}

/// <summary>
/// Raises a Sev 1 that says it is a test, after asking (SET-1): whoever sets the product up sees whom a real one would
/// reach. It is a Sev 1 like any other, so nothing about it is pretended; the list has a button that cancels it.
/// </summary>
internal sealed class TestSev1(
    EscalationIntake intakes,
    RoutingStore routing,
    GuidedList list,
    CardLinks links,
    Store store
) : IAction<GuidedTestRef>, IDialogUpon<GuidedTestRef>
{
    private const string OfNobody = "no customer, as a test";
    private const string Summary = "Test of the set-up: nothing is wrong";

    public static Permission Permission => GuidedRights.SetUp;

    public static ActionKey<GuidedTestRef> Key { get; } =
        new("guided-setup.test", GuidedJson.Default.GuidedTestRef);

    static DialogKey<GuidedTestRef> IDialog<GuidedTestRef>.Key => Question;

    private static DialogKey<GuidedTestRef> Question { get; } =
        new("guided-setup.raise-test", GuidedJson.Default.GuidedTestRef);

    public async Task<Reply> Press(ActionCall<GuidedTestRef> call, CancellationToken cancel)
    {
        await list.Watch(call.Envelope.User, cancel);
        if ((await GuidedTest.Latest(store, cancel)).Open is { } open)
        {
            await list.Refresh(call.Envelope.User, cancel);
            return Reply.No(await OneIsOpen(open, cancel));
        }

        return Question.Open(
            await Form(cancel),
            call.Payload,
            Markdown.Of(
                $"Write it as a command instead: {Markdown.Code($"/{SlashCommand.Trigger} new sev1 {Summary}")}"
            )
        );
    }

    /// <summary>Whom it calls, and where it goes, may have changed meanwhile.</summary>
    public async ValueTask<DialogForm?> Now(
        Submission<GuidedTestRef> form,
        CancellationToken cancel
    ) => await Form(cancel);

    private async ValueTask<DialogForm> Form(CancellationToken cancel)
    {
        var setup = await routing.Setup(cancel);
        var called = setup.OnDuty is { } engineer
            ? Markdown.Of($"{engineer} is called now, as the one on duty")
            : Markdown.Of($"nobody is on duty, so the leads are called now");
        var told = setup.BroadcastOf(Severity.Sev1);
        var place = setup.ChannelOf(OwningTeam.DeploymentEngineering) is { } channel
            ? Markdown.Of($"{channel}, where Deployment Engineering gets its escalations")
            : Markdown.Of(
                $"your direct messages with me, because Deployment Engineering has no channel"
            );
        return new DialogForm("Test Sev 1", [])
        {
            Introduction = Markdown.Of(
                $"It is a real Sev 1 with the summary “{Summary}”: {called}, it gets a channel and a checklist. It is of no customer. Its card comes to {place}.{(told.Length == 0 ? Markdown.None : Markdown.Of($" Status updates that somebody posts about it go to {Markdown.Listed([.. told.Select(c => Markdown.Of($"{c}"))], "and")} too."))} The list gets a button that cancels it."
            ),
            SubmitLabel = "Raise it",
        };
    }

    public async Task<SubmissionReply> Submit(
        Submission<GuidedTestRef> form,
        CancellationToken cancel
    )
    {
        var raising = await intakes.Raise(
            new IntakeRequest(OfNobody, Severity.Sev1, Summary) { IsTest = true },
            form.Envelope,
            evenIfDuplicate: true,
            cancel,
            one: token => GuidedTest.Latest(store, token)
        );
        await list.Refresh(form.Envelope.User, cancel);
        if (raising is Raising.OpenAlready { Existing: var open })
        {
            return SubmissionReply.Done(await OneIsOpen(open, cancel));
        }

        // The list that was pressed shows nothing of whom it reached.
        return SubmissionReply.Done(
            Markdown.Of($"{RaiseEscalation.Told(raising)}{CardIsHere(raising, form.Envelope)}")
        );
    }

    /// <summary>Where its card is, when nothing else was said of that.</summary>
    private static Markdown CardIsHere(Raising raising, Envelope from) =>
        raising is Raising.Raised { Where.IsEmpty: true, Escalation.Channel: var channel }
        && channel == from.Channel
            ? Markdown.Of(
                $" Its card is here, where only you see it: Deployment Engineering has no channel."
            )
            : Markdown.None;

    /// <summary>A second one would call the same people into a second channel.</summary>
    private async ValueTask<Markdown> OneIsOpen(Escalation open, CancellationToken cancel)
    {
        var named = CardLinks.Named(open.Id.ToString(), await links.To(open, cancel));
        var place = open.Incident?.Channel is { } channel
            ? Markdown.Of($", in {channel}")
            : Markdown.None;
        return Markdown.Of(
            $"There is a test already: {named}, raised by {open.Reporter}{place}. Nothing was raised; *Cancel the test {open.Id}* in the list ends it, and then another can be raised."
        );
    }
}
