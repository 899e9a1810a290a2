using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Implementations;

using Decision = Decision<Implementation, ImplementationFact>;

/// <summary>
/// <c>/escalate implementation</c>: asks that Implementation Engineering lead a deployment or migration, by the form of
/// seven fields (IMP-1). With the link of a message, its text is in the form.
/// </summary>
internal sealed class RequestImplementation(
    Store store,
    ImplementationStore book,
    ImplementationQueries queries,
    CustomerStore customers,
    SharedPosts shared,
    RoleStore roles,
    ImplementationSettings settings,
    TimeProvider clock
) : ISlashCommand, IDialogUpon<NewImplementation>
{
    public const string CustomerField = "customer";

    private static readonly Parameter<CommandWord> About = new Parameter<CommandWord>(
        "customer or message link",
        "<customer or message link>",
        CustomerArguments.ReadWhole
    )
    {
        Hint = "For which customer? Write the key or the name, or the link of a message.",
        Completes = CustomerArguments.Completed,
    }.OrNothing();

    public static Permission Permission => ImplementationRights.Request;

    public static CommandSpec Spec { get; } =
        new("implementation", "Request an IE-led deployment or migration", About)
        {
            Examples = ["implementation acme", "implementation"],
            Details =
                "Opens a form. The implementation team scores the request, the IE lead decides, and CE and AE are told decision and priority. With the link of a message (*Copy Link* in its menu) its text is in the form. For questions about a deployment, ask the team in its channel instead.",
        };

    public static DialogKey<NewImplementation> Key { get; } =
        new("implementation.request", ImplementationJson.Default.NewImplementation);

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (name, link) = Apart(call.Get(About));
        var message = "";
        if (link is not null)
        {
            var found = await shared.Find(link, call.Envelope.User, cancel);
            if (found.Found is not { } post)
            {
                return Reply.No(found.Why!);
            }

            message = $"{post.Message.Trim()}\n{link}";
        }

        if (name is not null && ImplementationId.Read(name.Value) is { } id)
        {
            return Reply.No(new IsANumber(id));
        }

        var known = name is null ? null : await customers.Known(name.Value, cancel);
        return name is not null && known is null
            ? await CustomerArguments.Unknown(customers, call, name, cancel)
            : Key.Open(
                Form(known, message),
                new NewImplementation(known?.Key.Value ?? ""),
                Markdown.Of(
                    $"Type {Markdown.Code($"/{SlashCommand.Trigger} implementation customer")} to be asked again."
                )
            );
    }

    /// <summary>What is recorded of the customer by now, for what nobody touched; what was touched is of this request alone.</summary>
    public async ValueTask<DialogForm?> Now(
        Submission<NewImplementation> form,
        CancellationToken cancel
    ) =>
        !form.Changed(CustomerField)
        && form.State.Customer is { Length: > 0 } opened
        && await customers.Known(opened, cancel) is { } known
            ? new DialogForm(
                "",
                [
                    .. Form(known, "")
                        .Fields.Where(f =>
                            f.Name
                                is DetailFields.Method
                                    or DetailFields.Provider
                                    or DetailFields.Opportunity
                                    or DetailFields.Design
                            && !form.Changed(f.Name)
                        ),
                ]
            )
            : null;

    public async Task<SubmissionReply> Submit(
        Submission<NewImplementation> form,
        CancellationToken cancel
    )
    {
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        var customer = await customers.Known(
            CustomerArguments.Meant(form, CustomerField, form.State.Customer),
            cancel
        );
        if (customer is null or { IsArchived: true })
        {
            problems[CustomerField] = customer is null
                ? await CustomerArguments.UnknownInForm(
                    customers,
                    form[CustomerField],
                    form.Envelope,
                    cancel
                )
                : $"{customer.Name} is archived.";
        }

        var details = DetailFields.Read(form, problems);
        return customer is null || details is null || problems.Count > 0
            ? SubmissionReply.Mark(problems)
            : await Make(customer, details, form, cancel);
    }

    private async Task<SubmissionReply> Make(
        Customer customer,
        ImplementationDetails details,
        Submission<NewImplementation> form,
        CancellationToken cancel
    )
    {
        var from = form.Envelope;
        var by = await roles.Of(from.User, cancel);
        var team = await queries.Team(cancel);
        while (!await IsMade(from, cancel))
        {
            var latest = await queries.Latest(customer.Key, details.Type, cancel);
            if (await queries.OpenOf(customer.Key, details.Type, cancel) is { } open)
            {
                return SubmissionReply.Mark(
                    new Dictionary<string, string>
                    {
                        [CustomerField] = new RequestedAlready(open).Plain,
                    }
                );
            }

            var board = await store.Find(ImplementationBoard.Kind, ImplementationBoard.Id, cancel);
            var now = clock.GetUtcNow();
            var decision = Implementation.Request(
                new ImplementationId(
                    await store.Engine.NextNumber(ImplementationId.Series, cancel)
                ),
                customer,
                details,
                by,
                from.Channel,
                board?.Value.Channel.Id,
                team,
                settings,
                now
            );
            if (decision is Decision.Refused { Why: var why })
            {
                return SubmissionReply.No(why);
            }

            if (
                decision is Decision.Accepted made
                && await book.Add(made, latest, from, now, cancel)
            )
            {
                return SubmissionReply.Done(
                    Markdown.Of(
                        $"Requested: **{made.Next.Id}** ({made.Next.CustomerName}). {Markdown.Code($"/{SlashCommand.Trigger} show {made.Next.Id}")} shows how it stands.{Renewed(form, customer)}"
                    )
                );
            }
        }

        return SubmissionReply.Close;
    }

    /// <summary>What it says otherwise than the form showed, because others recorded that of the customer meanwhile.</summary>
    private static Markdown Renewed(Submission<NewImplementation> form, Customer customer)
    {
        var labels = Form(customer, "").Fields.ToDictionary(f => f.Name, f => f.Label);
        Markdown[] renewed =
        [
            .. form.Answers.Renewed.Select(r =>
                r.Now.Length == 0
                    ? Markdown.Of($"{labels[r.Field]}: nothing")
                    : Markdown.Of(
                        $"{labels[r.Field]}: “{Markdown.Typed(MarkdownEscaper.Shorten(r.Now, 100)).OnOneLine()}”"
                    )
            ),
        ];
        return renewed.Length == 0
            ? Markdown.None
            : Markdown.Of(
                $" While the form was open, others changed what is recorded of {customer.Name}, and the request says it as it is now: {Markdown.Listed(renewed, "and")}."
            );
    }

    /// <summary>The same act, delivered again, requests once.</summary>
    private async ValueTask<bool> IsMade(Envelope from, CancellationToken cancel) =>
        await store.Find(IdempotencyRecord.Kind, from.Act, cancel) is not null;

    /// <summary>A customer, a link, or both.</summary>
    private static (CommandWord? Customer, string? Link) Apart(CommandWord? typed)
    {
        if (typed is null or { IsQuoted: true })
        {
            return (typed, null);
        }

        var at = typed.Value.LastIndexOf(' ') + 1;
        var last = typed.Value[at..];
        return !last.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? (typed, null)
            : at == 0 ? (null, last)
            : (
                typed with
                {
                    Value = typed.Value[..at].Trim(),
                    End = typed.Start + typed.Value[..at].Trim().Length,
                },
                last
            );
    }

    private static DialogForm Form(Customer? known, string information) =>
        new(
            "Request implementation",
            [
                CustomerArguments.Field(CustomerField, known?.Name, "Name or key."),
                .. DetailFields.Asked(
                    type: null,
                    known?.DeploymentMethod,
                    known?.HostingProvider,
                    known?.CrmLink,
                    known?.DesignDocuments is { IsEmpty: false } documents
                        ? string.Join('\n', documents)
                        : null,
                    information.Length > 0
                        ? MarkdownEscaper.Shorten(information, Implementation.MaxTextLength)
                        : null
                ),
            ]
        )
        {
            Introduction = Markdown.Of(
                $"The implementation team scores it, the IE lead decides, and you are told decision and priority."
            ),
            SubmitLabel = "Request",
        };
}

/// <summary>Who may do what that is no step of one request (ALL-3). Requests name prospects: they are for people with a role.</summary>
internal static class ImplementationRights
{
    public static Permission Read { get; } =
        new("read implementation requests", [.. Roles.All.Select(r => r.Role)])
        {
            IsAskedNow = true,
        };

    public static Permission Request { get; } =
        new("request an implementation", [.. Roles.All.Select(r => r.Role)]) { IsAskedNow = true };

    public static Permission Board { get; } =
        new("say where implementation requests stand", Role.ImplementationLead, Role.Administrator)
        {
            IsAskedNow = true,
        };
}
