using System.Collections.Immutable;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Alerts;

/// <summary>Monitoring that raises escalations (HOOK-2).</summary>
internal sealed class AlertsFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature
            .Keeps(AlertSource.Kind)
            .Keeps(ToldAlert.Kind)
            .Shares<TakeAlerts>()
            .Command<AddAlertSource>()
            .Command<ListAlertSources>()
            .Command<RemoveAlertSource>();
}

/// <summary>Who may do what with sources of alerts (ALL-3).</summary>
internal static class AlertRights
{
    public static Permission Administer { get; } =
        new("let monitoring raise escalations", Role.Administrator) { IsAskedNow = true };
}

/// <summary><c>/escalate webhook in add</c>: what a source sends to its address raises escalations in this channel.</summary>
internal sealed class AddAlertSource(
    Store store,
    CustomerStore customers,
    PeopleDirectory people,
    TimeProvider clock
) : ISlashCommand
{
    private static readonly Parameter<CommandWord> Name = Arguments.Word(
        "name",
        "What should it be called? Small letters, digits and hyphens, as in `prometheus`."
    );

    private static readonly Parameter<UserId> Bot = Arguments.User(
        "bot",
        "Which account should raise them? Write the at-name of a bot account."
    );

    private static readonly Parameter<CommandWord> Whose = Arguments.Word(
        "customer",
        "Which customer are they for when an alert names none? Write the customer's key."
    ) with
    {
        Completes = CustomerArguments.Completed,
        TakesNames = true,
    };

    private static readonly Parameter<string> Mapping = Arguments
        .Rest("category, word=sev1…", "Which category, and which words mean which severity?")
        .OrNothing() with
    {
        Usage = "[category] [word=sev1…]",
        IsText = false,
    };

    public static Permission Permission => AlertRights.Administer;

    public static CommandSpec Spec { get; } =
        new(
            "webhook in add",
            "Let monitoring raise escalations in this channel",
            Name,
            Bot,
            Whose,
            Mapping
        )
        {
            Examples =
            [
                "webhook in add prometheus @engineer acme",
                "webhook in add grafana @engineer acme deployment critical=sev1 warning=sev3",
            ],
            Details =
                "The address and its token are in the answer, once. Alertmanager and Grafana send what they send by themselves; the README describes the plain form. The customer of an alert is its label `customer`, else the one named here; its severity is its label `severity`: `critical` and `page` are Sev 2, `error` and `warning` Sev 3, `info` Sev 4, unless said otherwise here.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var name = call.Get(Name)!.Value;
        if (!AlertSource.IsName(name))
        {
            return Reply.No(
                Markdown.Of(
                    $"A name has small letters, digits and hyphens, at most 40: it is part of an address. Nothing was set up."
                )
            );
        }

        var bot = call.Get(Bot);
        if (
            await people.Now(bot, cancel)
            is not { IsBot: true, IsDeactivated: false, IsGuest: false, IsOutside: false }
        )
        {
            return Reply.No(
                Markdown.Of(
                    $"{bot} is not a bot account in this team. Make one in Mattermost (Integrations, Bot Accounts) and add it to the team: monitoring raises escalations as this account. Nothing was set up."
                )
            );
        }

        if (await customers.Known(call.Get(Whose)!.Value, cancel) is not { } customer)
        {
            return Reply.No(new NoSuchCustomer(call.Get(Whose)!.Value));
        }

        var (category, severities, problem) = Understand(call.Get(Mapping) ?? "");
        if (problem is not null)
        {
            return Reply.No(Markdown.Of($"{Markdown.Sentence(problem)} Nothing was set up."));
        }

        var (by, now, token) = (call.Envelope.User, clock.GetUtcNow(), AlertSource.FreshToken());
        var source = new AlertSource(
            name,
            AlertSource.DigestOf(token),
            bot,
            call.Envelope.Channel,
            customer.Key.Value,
            category,
            by,
            now
        )
        {
            Severities = severities,
        };
        var change = new Change(now, by.Value)
            .Add(AlertSource.Kind, name, source)
            .Record<AlertFact>(
                AlertSource.Subject(name),
                new AlertFact.SourceAdded(by, bot, source.Channel, source.Customer),
                AlertJson.Default.AlertFact
            );
        return await store.Commit(change, cancel)
            ? Reply.Say(
                Markdown.Of(
                    $"Alerts sent to {Markdown.Code($"/hooks/{name}")} on my own address raise escalations in this channel as {bot}. The token is shown this once; it goes into the header {Markdown.Code("Authorization: Bearer …")}:\n{Markdown.Code(token)}\n{Markdown.Code($"/{SlashCommand.Trigger} webhook in remove {name}")} ends it."
                )
            )
            : Reply.No(
                Markdown.Of(
                    $"There is one called {name} already, and nothing was changed. {Markdown.Code($"/{SlashCommand.Trigger} webhook in remove {name}")} takes it away."
                )
            );
    }

    private static (Category, ImmutableDictionary<string, Severity>, string? Problem) Understand(
        string typed
    )
    {
        var category = Vocabulary.DefaultCategory;
        var severities = ImmutableDictionary<string, Severity>.Empty;
        var line = CommandLine.Read(typed.Replace(',', ' '));
        for (var at = 0; at < line.Words.Length; at++)
        {
            var word = line.Words[at].Value;
            if (
                word.Split('=') is [{ Length: > 0 } called, var code]
                && Vocabulary.Severities.Read(code) is { } severity
            )
            {
                severities = severities.SetItem(called.ToLowerInvariant(), severity);
            }
            else if (
                ChoiceWords.Next(
                    new ArgumentSource(line, at, Mentions.None),
                    Vocabulary.Categories,
                    c => c.Names
                )
                is var (named, taken)
            )
            {
                category = named.Value;
                at += taken - 1;
            }
            else
            {
                return (
                    category,
                    severities,
                    $"“{MarkdownEscaper.Shorten(word, 60)}” is neither a category ({string.Join(", ", Vocabulary.Categories.Select(c => c.Code))}) nor a severity, as in critical=sev1."
                );
            }
        }

        return (category, severities, null);
    }
}

/// <summary><c>/escalate webhook in list</c>.</summary>
internal sealed class ListAlertSources(Store store) : ISlashCommand
{
    private const int Shown = 50;

    public static Permission Permission => AlertRights.Administer;

    public static CommandSpec Spec { get; } =
        new("webhook in list", "Show which monitoring may raise escalations")
        {
            Examples = ["webhook in list"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var page = await store.List(
            AlertSource.Kind,
            AlertSource.ByName,
            IndexKey.Empty,
            null,
            Shown,
            cancel
        );
        return Reply.Say(
            page.Items.Count == 0
                ? Markdown.Of(
                    $"There is none. {Markdown.Code($"/{SlashCommand.Trigger} webhook in add prometheus @bot customer")} sets one up."
                )
                : Markdown.Lines([
                    Markdown.Of($"| Address | Raises as | For | Category |"),
                    Markdown.Of($"|:--|:--|:--|:--|"),
                    .. page.Items.Select(i =>
                        Markdown.Of(
                            $"| {Markdown.Code($"/hooks/{i.Value.Name}")} | {i.Value.Owner} | {i.Value.Customer} | {Vocabulary.Categories.Label(i.Value.Category)} |"
                        )
                    ),
                ])
        );
    }
}

/// <summary><c>/escalate webhook in remove</c>.</summary>
internal sealed class RemoveAlertSource(Store store, TimeProvider clock) : ISlashCommand
{
    private static readonly Parameter<CommandWord> Name = Arguments.Word(
        "name",
        "Which one? Write its name, as in `prometheus`."
    );

    public static Permission Permission => AlertRights.Administer;

    public static CommandSpec Spec { get; } =
        new("webhook in remove", "Stop a monitoring source from raising escalations", Name)
        {
            Examples = ["webhook in remove prometheus"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (name, by) = (call.Get(Name)!.Value, call.Envelope.User);
        while (
            AlertSource.IsName(name) && await store.Find(AlertSource.Kind, name, cancel) is { } read
        )
        {
            var change = new Change(clock.GetUtcNow(), by.Value)
                .Delete(AlertSource.Kind, read)
                .Record<AlertFact>(
                    AlertSource.Subject(name),
                    new AlertFact.SourceRemoved(by),
                    AlertJson.Default.AlertFact
                );
            if (await store.Commit(change, cancel))
            {
                return Reply.Say(
                    Markdown.Of(
                        $"{Markdown.Code($"/hooks/{name}")} takes nothing any more. What it raised stays."
                    )
                );
            }
        }

        return Reply.No(
            Markdown.Of(
                $"There is none called “{MarkdownEscaper.Shorten(name, 60)}”. {Markdown.Code($"/{SlashCommand.Trigger} webhook in list")} shows all."
            )
        );
    }
}
