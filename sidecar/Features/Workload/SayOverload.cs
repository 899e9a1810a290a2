using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Reviews;
using Sidecar.Features.Availability;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Workload;

/// <summary>What the form remembers: nothing.</summary>
internal sealed record OverloadState;

/// <summary><c>/escalate overload</c>: an engineer lets the team know, so that it can help (ASG-11).</summary>
internal sealed class SayOverload(
    Overloads overloads,
    Loads loads,
    EndOverload end,
    RoleStore roles,
    TimeProvider clock
) : ISlashCommand, IDialog<OverloadState>
{
    public const string KindField = "kind";
    public const string NeedField = "need";
    private const string TooMuch = "too-much";
    private const string Outside = "outside-hours";

    private static readonly Parameter<string> Need = Arguments
        .Rest("what I need help with", "What do you need help with?")
        .OrNothing();

    public static Permission Permission => WorkloadRights.Say;

    public static CommandSpec Spec { get; } =
        new("overload", "Let the team know that you have too much to do", Need)
        {
            Examples = ["overload", "overload Acme’s migration needs somebody tonight"],
            Details =
                "Nobody is expected to work late or to handle more than usual. Without words a form asks what you need. The internal support channel is told what you need help with and how much you have; you are not suggested for new work, and giving you some asks for confirmation, until `overload over`.",
        };

    public static DialogKey<OverloadState> Key { get; } =
        new("overload.say", SayOverloadJson.Default.OverloadState);

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var need = call.Get(Need) ?? "";
        if (OverloadReading.IsOver(need))
        {
            return await end.Run(call.Envelope.User, call.Envelope.User, cancel);
        }

        if (
            call.Line.Words.Length == Spec.PathWords.Length + 1
            && SentenceMarks.Name(need, '@') is not null
        )
        {
            return Reply.No(
                Markdown.Of(
                    $"Whoever has too much to do says so themselves: {ReviewWords.Command("overload what you need help with")}. That somebody else’s is over says {ReviewWords.Command($"overload over {need}")}. Nothing was changed."
                )
            );
        }

        // What kind it is says nothing of what could be taken over.
        var kind = OverloadReading.KindOf(need);
        if (need.Length == 0 || kind is not null)
        {
            return Key.Open(
                Form(await overloads.Find(call.Envelope.User, cancel), kind),
                new OverloadState(),
                Markdown.Of(
                    $"Nothing was posted yet. What do you need help with? Write it as a command instead: {ReviewWords.Command("overload what you need help with")}"
                )
            );
        }

        return !TextLength.Fits(need, Overload.MaxNeedLength)
            ? Reply.No(ReviewProblem.Of(TooLong(need)))
            : Reply.Say(await Mark(kind: null, need, call.Envelope, cancel));
    }

    public async Task<SubmissionReply> Submit(
        Submission<OverloadState> form,
        CancellationToken cancel
    )
    {
        var need = form[NeedField];
        if (need.Length == 0 || !TextLength.Fits(need, Overload.MaxNeedLength))
        {
            return SubmissionReply.Mark(
                ImmutableDictionary<string, string>.Empty.Add(
                    NeedField,
                    need.Length == 0 ? "Say what you need help with." : TooLong(need)
                )
            );
        }

        if (
            !form.Changed(NeedField)
            && !form.Changed(KindField)
            && await overloads.Find(form.Envelope.User, cancel) is not null
        )
        {
            return SubmissionReply.Unchanged;
        }

        OverloadKind? kind = form[KindField] switch
        {
            TooMuch => OverloadKind.TooMuchWork,
            Outside => OverloadKind.OutsideHours,
            _ => null,
        };
        return SubmissionReply.Done(await Mark(kind, need, form.Envelope, cancel));
    }

    private async Task<Markdown> Mark(
        OverloadKind? kind,
        string need,
        Envelope from,
        CancellationToken cancel
    )
    {
        var overload = new Overload(from.User, kind, need, clock.GetUtcNow());
        var load = await loads.Of(from.User, cancel);
        if (await overloads.Channel(cancel) is { } channel)
        {
            await overloads.Mark(
                overload,
                from.Act,
                [OverloadWords.InChannel(overload, load, channel)],
                cancel
            );
            return Markdown.Of(
                $"{OverloadWords.Knows(channel)} knows now. You are not suggested for new work until {ReviewWords.Command("overload over")}."
            );
        }

        var leads = await roles.Holders(Role.CustomerSuccessLead, cancel);
        await overloads.Mark(
            overload,
            from.Act,
            [.. leads.Select(lead => OverloadWords.ToLead(overload, load, lead))],
            cancel
        );
        return Markdown.Of(
            $"No internal support channel is set, so nothing was posted{Instead(leads)} You are marked as overloaded until {ReviewWords.Command("overload over")}. A lead or an administrator sets the channel: {ReviewWords.Command("overload channel ~channel")}"
        );
    }

    private static Markdown Instead(IReadOnlyList<UserId> leads) =>
        leads.Count == 0
            ? Markdown.Of(
                $", and nobody is CS lead whom I could tell: please tell somebody yourself."
            )
            : Markdown.Of($"; I have told {ReviewWords.People(leads)} by direct message instead.");

    private static string TooLong(string need) =>
        $"This takes {Overload.MaxNeedLength} characters; yours has {TextLength.Told(need, Overload.MaxNeedLength)}.";

    private static DialogForm Form(Overload? now, OverloadKind? kind) =>
        new(
            "I need help",
            [
                new DialogField(KindField, "What is it about?", FieldKind.Choice)
                {
                    Default = (kind ?? now?.Kind) == OverloadKind.OutsideHours ? Outside : TooMuch,
                    Options =
                    [
                        new ControlOption("Too much work", TooMuch),
                        new ControlOption("Work outside usual hours", Outside),
                    ],
                },
                new DialogField(NeedField, "What do you need?", FieldKind.LongText)
                {
                    MaxLength = Overload.MaxNeedLength,
                    Default = now?.Need ?? "",
                    Help =
                        "It is posted to the internal support channel with how much you have to do.",
                },
            ]
        )
        {
            SubmitLabel = "Ask for help",
        };
}

/// <summary><c>/escalate overload over</c>: it fits again.</summary>
internal sealed class EndOverload(Overloads overloads, RoleStore roles) : ISlashCommand
{
    private static readonly Parameter<UserId> Whose = Arguments
        .User("person", "Whose? Write the at-name, as in `@name`, or nothing for your own.")
        .OrNothing();

    public static Permission Permission => WorkloadRights.EndForOthers;

    public static CommandSpec Spec { get; } =
        new("overload over", "Say that you are no longer overloaded", Whose)
        {
            Examples = ["overload over", "overload over @engineer"],
            Details = "Leads may say so of somebody else, who is told.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var by = call.Envelope.User;
        return await Run(call.Get(Whose) is { Value: not null } named ? named : by, by, cancel);
    }

    /// <summary>Says so of somebody.</summary>
    public async Task<Reply> Run(UserId person, UserId by, CancellationToken cancel)
    {
        var actor = await roles.Of(by, cancel);
        if (!WorkloadRights.EndForOthers.Allows(actor, isRelated: person == by))
        {
            return Reply.No(await roles.Refuse(WorkloadRights.EndForOthers, by, cancel));
        }

        return
            await overloads.End(
                person,
                by,
                (was, channel) => OverloadWords.Over(was, by, channel),
                cancel
            )
                is null
            ? Reply.Say(
                person == by
                    ? Markdown.Of($"You were not marked as overloaded.")
                    : Markdown.Of($"{person} was not marked as overloaded.")
            )
            : Reply.Say(
                person == by
                    ? Markdown.Of($"Good. You are suggested for new work again.")
                    : Markdown.Of($"{person} is suggested for new work again, and was told.")
            );
    }
}

/// <summary><c>/escalate overload channel</c>: where engineers ask for help (ASG-11).</summary>
internal sealed class SetHelpChannel(Overloads overloads, ChosenChannels shown) : ISlashCommand
{
    private static readonly Parameter<NamedChannel> Where = Arguments
        .Channel("channel", "Which channel? Write it as in `~name`, `here`, or `none`.")
        .OrNothing() with
    {
        Usage = "[~channel | here | none]",
        Reader = source =>
            source.Next is { IsQuoted: false } word
            && (IsHere(word.Value) || NoneWord.Is(word.Value))
                ? ReadArgument.Of(default(NamedChannel))
                : Arguments.Channel("channel", "").Reader(source),
    };

    public static Permission Permission => WorkloadRights.SetChannel;

    public static CommandSpec Spec { get; } =
        new("overload channel", "Say where engineers ask for help with their load", Where)
        {
            Examples =
            [
                "overload channel",
                "overload channel ~town-square",
                "overload channel here",
                "overload channel none",
            ],
            Details =
                "Choose a channel that only your own people read: where guests could read, the post holds counts only. To choose a private one, type `here` in it; the bot must be a member. `none` removes it; then the CS lead is told by direct message.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var by = call.Envelope.User;
        // Mattermost names public channels only: a private one is chosen where it is.
        NamedChannel? chosen =
            call.Get(Where) is { Name: not null } named ? named
            : call.Line.Words.Length > Spec.PathWords.Length
            && IsHere(call.Line.Words[Spec.PathWords.Length].Value)
                ? new NamedChannel(call.Envelope.Channel, "")
            : null;
        if (chosen is { } channel)
        {
            await overloads.SetChannel(channel, by, Greeting(channel, by), cancel);
            return Reply.Say(
                Markdown.Of(
                    $"Engineers who are overloaded ask for help in {OverloadWords.Place(channel)} from now on. I will say so there; if I may not post in it, I will tell you by direct message."
                )
            );
        }

        if (call.Line.Words.Length > Spec.PathWords.Length)
        {
            await overloads.SetChannel(channel: null, by, greeting: null, cancel);
            return Reply.Say(
                Markdown.Of(
                    $"There is no channel for it now: the CS lead is told by direct message."
                )
            );
        }

        if (await overloads.Channel(cancel) is not { } set)
        {
            return Reply.Say(
                Markdown.Of(
                    $"No channel is set: the CS lead is told by direct message. {ReviewWords.Command("overload channel ~channel")} sets one."
                )
            );
        }

        var place = await shown.Show(set, OverloadWords.Place(set), cancel);
        return Reply.Say(Markdown.Of($"Engineers who are overloaded ask for help in {place}."));
    }

    private static bool IsHere(string word) => BareWord.Is(word, "here");

    private static Effect.Say Greeting(NamedChannel channel, UserId by) =>
        new(
            channel.Id,
            Thread: null,
            Markdown.Of(
                $"{by} has chosen this channel: engineers who are overloaded ask for help here."
            )
        )
        {
            About = "the channel for overload",
            ChosenFor = OverloadWords.ChosenFor,
            OnBehalfOf = by,
        };
}

[JsonSerializable(typeof(OverloadState))]
internal sealed partial class SayOverloadJson : JsonSerializerContext;
