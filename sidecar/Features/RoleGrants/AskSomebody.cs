using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.RoleGrants;

/// <summary>What the button below a refusal carries.</summary>
/// <param name="What">What they may not do, after “may”.</param>
/// <param name="People">Who may, the first ones.</param>
/// <param name="About">Of what: <c>ESC-12</c>; null when the button names nothing.</param>
/// <param name="Pressed">What was pressed, for whoever is asked; null for a command.</param>
internal sealed record AskRef(
    string What,
    ImmutableArray<UserId> People,
    string? About = null,
    PressedControl? Pressed = null
);

/// <summary>
/// The button below a refusal, and <c>/escalate ask …</c>: somebody who may is asked to do it (U16). Who is away is asked
/// only when all are; once a day for the same thing.
/// </summary>
internal sealed partial class AskSomebody(
    Store store,
    KnownPresences presences,
    RoleStore roles,
    // The router knows the commands, and commands are parts of it.
    IServiceProvider parts,
    TimeProvider clock
) : ISlashCommand, IAction<AskRef>, IRefusalHelp
{
    private const int Candidates = 10;
    private const int Asked = 2;
    private const int LongestLine = 400;

    private static readonly Parameter<string> Line = Arguments.Rest(
        "command",
        "What should somebody do for you? Write the command that was refused, as in `ask ack ESC-1`."
    );

    public static Permission Permission => RoleRights.Ask;

    public static CommandSpec Spec { get; } =
        new("ask", "Ask somebody with the right role to do what you may not", Line)
        {
            Examples = ["ask ack ESC-1"],
            Details =
                "One or two people with the role that it needs are asked by direct message, first those who are not away. They see your name and the command.",
        };

    public static ActionKey<AskRef> Key { get; } = new("role.ask", AskJson.Default.AskRef);

    public CardControl? Button(NotPermitted why, Envelope from, PressedControl pressed)
    {
        var people = Others(why, from.User);
        return people.IsEmpty
            ? null
            : Key.Button(
                people.Length == 1 ? "Ask them to do it" : "Ask one of them",
                new AskRef(why.Permission.What, people, NumberIn(pressed), pressed)
            );
    }

    public Markdown Sentence(NotPermitted why, Envelope from, string typed) =>
        typed.Trim() is { Length: > 0 and <= LongestLine } line && !Others(why, from.User).IsEmpty
            ? Markdown.Of($"{Markdown.Code($"/{SlashCommand.Trigger} ask {line}")} asks for it.")
            : Markdown.None;

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (line, by) = (UnseenMarks.Plain(call.Get(Line)!).Trim(), call.Envelope.User);
        if (line.Length > LongestLine)
        {
            return Reply.No(
                Markdown.Of(
                    $"That is longer than the {LongestLine} characters that I pass on. Nobody was asked; write to somebody yourself."
                )
            );
        }

        if (parts.GetRequiredService<Router>().PermissionOf(CommandLine.Read(line)) is not { } what)
        {
            return Reply.No(
                Markdown.Of(
                    $"That is not one of my commands, so nobody was asked. {Markdown.Code($"/{SlashCommand.Trigger} help")} lists them."
                )
            );
        }

        if (what.Allows(await roles.Of(by, cancel)))
        {
            return Reply.No(
                Markdown.Of(
                    $"You may do that yourself, so nobody was asked: {Markdown.Code($"/{SlashCommand.Trigger} {line}")}"
                )
            );
        }

        var why = await roles.Refuse(what, by, cancel);
        var people = Others(why, by);
        return people.IsEmpty
            ? Reply.No(
                Markdown.Of(
                    $"Nobody else has a role that lets them {what.What}, so nobody was asked."
                )
            )
            : await Ask(by, new AskRef(what.What, people), line, cancel);
    }

    /// <summary>
    /// Whoever may meanwhile what was refused to them does it by this press, and nobody is asked. Who may not is refused
    /// again, and those are asked who have the right now.
    /// </summary>
    public async Task<Reply> Press(ActionCall<AskRef> call, CancellationToken cancel)
    {
        var (asked, by) = (call.Payload, call.Envelope.User);
        if (asked.Pressed is not var (action, payload, chosen))
        {
            return await Ask(by, asked, typed: null, cancel);
        }

        var reply = await parts
            .GetRequiredService<Router>()
            .Action(call.Envelope, action, payload, chosen, cancel);
        return reply switch
        {
            Reply.Whisper { Because: NotPermitted why } => await Ask(
                by,
                Others(why, by) is { IsEmpty: false } now ? asked with { People = now } : asked,
                typed: null,
                cancel
            ),
            Reply.Ask => Reply.Say(
                Markdown.Of(
                    $"You may do that yourself now, so nobody was asked. Press again where it was refused."
                )
            ),
            _ => reply,
        };
    }

    public async Task Did(PostId pressed, UserId by, Markdown did, CancellationToken cancel)
    {
        while (
            await store.FindOpenMessage(pressed, cancel) is { } open
            && open.Value.Card.Controls.FirstOrDefault(c => c.Action == DoWhatWasAsked.Key.Name)
                is { Payload: var payload }
            && JsonSerializer.Deserialize(payload, AskJson.Default.AskedRef)
                is ({ } what, var askedBy)
        )
        {
            var change = new Change(clock.GetUtcNow(), by.Value).Settle(open, new Settlement(did));
            foreach (var other in await AskedBeside(open, cancel))
            {
                change.Settle(other, new Settlement(Markdown.Of($"{by} did it.")));
            }

            if (by != askedBy)
            {
                change.Do(
                    new Effect.TellPerson(
                        askedBy,
                        // What it answered may be more than whoever asked may read (X3).
                        Markdown.Of($":white_check_mark: {by} did what you asked for{What(what)}.")
                    )
                    {
                        About = "help",
                        OnBehalfOf = by,
                        IsInternal = true,
                    }
                );
            }

            if (await store.Commit(change, cancel))
            {
                return;
            }
        }
    }

    /// <summary>What they pressed themselves, and where.</summary>
    private static Markdown What(PressedControl pressed)
    {
        var about = NumberIn(pressed) is { } number
            ? Markdown.Of($" (**{number}**)")
            : Markdown.None;
        return pressed.Said is { } said ? Markdown.Of($": {said}{about}") : about;
    }

    private static string? NumberIn(PressedControl pressed) =>
        Numbered().Match(pressed.Payload) is { Success: true } id ? id.Value : null;

    /// <summary>What the others were asked: once is enough.</summary>
    private async ValueTask<IEnumerable<Versioned<OpenMessage>>> AskedBeside(
        Versioned<OpenMessage> open,
        CancellationToken cancel
    ) =>
        open.Value.Asks is { } asks
            ? (await store.OpenQuestions(asks, cancel)).Where(m => m.Id != open.Id)
            : [];

    private static ImmutableArray<UserId> Others(NotPermitted why, UserId by) =>
        [.. why.Who.Where(p => p != by).Take(Candidates)];

    private async Task<Reply> Ask(UserId by, AskRef what, string? typed, CancellationToken cancel)
    {
        var people = what.People;
        var away = await presences.Of(people, cancel);
        UserId[] here = [.. people.Where(p => !away.ContainsKey(p)).Take(Asked)];
        UserId[] asked = here.Length > 0 ? here : [.. people.Take(Asked)];
        var now = clock.GetUtcNow();
        var receipt = Receipt(
            by,
            what.What,
            typed
                ?? $"{what.About}\n{what.Pressed?.Action}\n{what.Pressed?.Payload}\n{what.Pressed?.Chosen}",
            now
        );
        var about = what.About is { } number ? Markdown.Of($" (**{number}**)") : Markdown.None;
        var change = new Change(now, by.Value).Add(
            IdempotencyRecord.Kind,
            receipt,
            new IdempotencyRecord("help", now)
        );
        foreach (var person in asked)
        {
            change.Do(
                new Effect.TellPerson(
                    person,
                    Markdown.Lines([
                        Markdown.Of(
                            $":raising_hand: {by} asks you to {what.What}{about}: it needs a role that they do not have."
                        ),
                        (typed, what.Pressed?.Said) switch
                        {
                            ({ } line, _) => Markdown.Of(
                                $"They typed {Markdown.Code($"/{SlashCommand.Trigger} {line}")}"
                            ),
                            (_, { } said) => Markdown.Of($"They pressed: **{said}**"),
                            _ => Markdown.None,
                        },
                    ]),
                    what.Pressed is { } pressed
                        ? new Card(Markdown.Of($"If you agree"), Tone.Notice)
                        {
                            Controls =
                            [
                                DoWhatWasAsked.Key.Button("Do it", new AskedRef(pressed, by)),
                            ],
                        }
                        : null
                )
                {
                    About = "help",
                    OnBehalfOf = by,
                    IsInternal = true,
                    Asks = receipt,
                }
            );
        }

        var isNew =
            await store.Find(IdempotencyRecord.Kind, receipt, cancel) is null
            && await store.Commit(change, cancel);
        return Reply.Say(
            isNew
                ? Markdown.Of(
                    $"I have asked {asked.Joined(Asked)} by direct message, and said who asks."
                )
                : Markdown.Of($"That was already asked today.")
        );
    }

    /// <summary>Once a day for the same thing, whoever is asked.</summary>
    private static string Receipt(UserId by, string what, string? typed, DateTimeOffset now) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"help/{by.Value}/{now.UtcDateTime:yyyyMMdd}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{what}\n{typed}")))[..16]}"
        );

    [GeneratedRegex(
        @"\b(ESC|ASG|IMP|SRV)-[0-9]{1,18}\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Numbered();
}

/// <summary>What the button of who was asked carries.</summary>
/// <param name="Pressed">What was refused.</param>
/// <param name="AskedBy">To whom.</param>
internal sealed record AskedRef(PressedControl Pressed, UserId AskedBy);

/// <summary>
/// The button of who was asked: what was refused to somebody else, done by them. Whoever asked hears of it; where a form
/// comes in between, by what it does.
/// </summary>
internal sealed class DoWhatWasAsked(IServiceProvider parts, AskSomebody asking, Store store)
    : IAction<AskedRef>
{
    // What is behind the button asks for its own right.
    public static Permission Permission => RoleRights.Ask;

    public static ActionKey<AskedRef> Key { get; } = new("role.do", AskJson.Default.AskedRef);

    public async Task<Reply> Press(ActionCall<AskedRef> call, CancellationToken cancel)
    {
        if (
            call.Envelope.Pressed is { } pressed
            && await store.FindOpenMessage(pressed, cancel) is null
        )
        {
            return Reply.No(
                Markdown.Of(
                    $"That was dealt with already, as the message says. Nothing was changed."
                )
            );
        }

        var (action, payload, chosen) = call.Payload.Pressed;
        var reply = await parts
            .GetRequiredService<Router>()
            .Action(call.Envelope, action, payload, chosen, cancel);
        if (reply is not Reply.Whisper { IsRefusal: false, Text: var done })
        {
            return reply;
        }

        if (call.Envelope.Pressed is { } post)
        {
            await asking.Did(post, call.Envelope.User, done, cancel);
        }

        return Reply.Settled(done);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(AskRef))]
[JsonSerializable(typeof(AskedRef))]
internal sealed partial class AskJson : JsonSerializerContext;
