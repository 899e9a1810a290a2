using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Webhooks;

/// <summary><c>/escalate webhook add</c>: another system is told what happens, by command or form.</summary>
internal sealed class AddWebhook(WebhookStore hooks, WebhookWish wish)
    : ISlashCommand,
        IDialog<NewWebhook>
{
    private const string AddressField = "address";
    private const string FactsField = "facts";

    private static readonly Parameter<CommandWord> Address = Arguments
        .Word(
            "address",
            "Where? Write the whole address, as in `https://hooks.example.com/escalate`."
        )
        .OrNothing() with
    {
        Usage = "[https://…]",
    };

    private static readonly Parameter<string> Facts = Arguments
        .Rest("facts", "About what? `all`, `escalation`, or single ones as in `escalation.raised`.")
        .OrNothing() with
    {
        Usage = "[fact…]",
        IsText = false,
    };

    public static Permission Permission => WebhookRights.Administer;

    public static CommandSpec Spec { get; } =
        new("webhook add", "Tell another system what happens", Address, Facts)
        {
            Examples =
            [
                "webhook add",
                "webhook add https://hooks.example.com/escalate",
                "webhook add https://hooks.example.com/escalate escalation.raised check-in",
            ],
            Details =
                "Without an address it asks in a form. The key with which the receiver checks signatures is in the answer, once. `webhook facts` lists what can be told; the README says how it is sent.",
        };

    public static DialogKey<NewWebhook> Key { get; } =
        new("webhook.add", WebhookJson.Default.NewWebhook);

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        if (call.Get(Address) is not { } typed)
        {
            return Form();
        }

        var (address, problem) = wish.ReadAddress(typed.Value);
        var (facts, unknown) = wish.ReadFacts(call.Get(Facts) ?? WebhookWish.Everything);
        if ((problem ?? unknown) is { } why)
        {
            return Reply.No(
                Markdown.Of(
                    $"{Markdown.Typed(why)} Nothing was set up.\n{CommandParser.YouTyped(call.Line)}"
                )
            );
        }

        var (made, key) = await hooks.Add(
            address!,
            facts,
            call.Envelope.User,
            call.Envelope.Act,
            cancel
        );
        return made is null ? Reply.No(TooMany()) : Said(made, key);
    }

    public async Task<SubmissionReply> Submit(
        Submission<NewWebhook> submission,
        CancellationToken cancel
    )
    {
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        var (address, problem) = wish.ReadAddress(submission[AddressField]);
        if (problem is not null)
        {
            problems[AddressField] = problem;
        }

        var (facts, unknown) = wish.ReadFacts(submission[FactsField]);
        if (unknown is not null)
        {
            problems[FactsField] = unknown;
        }

        if (problems.Count > 0)
        {
            return SubmissionReply.Mark(problems);
        }

        var (made, _) = await hooks.Add(
            address!,
            facts,
            submission.Envelope.User,
            submission.Envelope.Act,
            cancel
        );
        return made is null
            ? SubmissionReply.No(TooMany())
            // What a form did is told by direct message where it can't be told otherwise, and that would be kept.
            : SubmissionReply.Done(
                Markdown.Of(
                    $"**{made.Id}** is set up: {WebhookWords.Place(made)} is told of {WebhookWish.Named(made)}. Type {WebhookArguments.Command($"rotate {made.Id} now")} to be shown the key with which the receiver checks its signatures: the answer to a command is kept nowhere."
                )
            );
    }

    private Reply Form() =>
        Key.Open(
            new DialogForm(
                "New webhook",
                [
                    new DialogField(AddressField, "Where", FieldKind.Text)
                    {
                        Placeholder = "https://hooks.example.com/escalate",
                        MaxLength = 150,
                        Help = "The address of the system that is to be told.",
                    },
                    new DialogField(FactsField, "About what", FieldKind.LongText)
                    {
                        // What to write instead is said here.
                        NoneIsAnswer = true,
                        Default = WebhookWish.Everything,
                        Help =
                            "“all” for everything, what it is about, or single facts, with spaces between them.",
                    },
                ]
            )
            {
                Introduction = Markdown.Of(
                    $"It is told of facts about: {string.Join(", ", wish.Families)}. {WebhookArguments.Command("facts")} lists all of them. When this closes you are told how to see the key for its signatures."
                ),
                SubmitLabel = "Set up",
            },
            new NewWebhook(),
            Markdown.Of(
                $"Type it in one line: {WebhookArguments.Command("add https://hooks.example.com/escalate all")}"
            )
        );

    private static Reply.Whisper Said(WebhookSubscription made, string? key) =>
        new Reply.Whisper(Told(made, key)) { Next = TestWebhook.Button(made.Id) };

    private static Markdown Told(WebhookSubscription made, string? key) =>
        key is null
            ? Markdown.Of(
                $"{made.Id} was set up by this already, and its key can’t be shown again. {WebhookArguments.Command($"rotate {made.Id}")} gives it another one."
            )
            : Markdown.Of(
                $"**{made.Id}** is set up: {WebhookWords.Place(made)} is told of {WebhookWish.Named(made)}. This is the only time that its key is shown; keep it where secrets are kept:\n{Markdown.Code(key)}\nWhat is sent is signed with it as Standard Webhooks describes, so most languages have a library that checks it. {WebhookArguments.Command($"test {made.Id}")} tries it out, {WebhookArguments.Command($"show {made.Id}")} shows what it was told."
            );

    private static TooManyWebhooks TooMany() => new();
}

internal sealed record TooManyWebhooks()
    : Refusal(
        Markdown.Of(
            $"There are {FactTeller.Most} webhooks already, and nothing was set up. {WebhookArguments.Command("list")} shows them; remove one that nothing needs."
        )
    );
