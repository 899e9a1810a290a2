using System.Collections.Immutable;
using Sidecar.Features.Customers.Changes;
using Sidecar.Mattermost;
using Sidecar.Mattermost.Admin;
using Sidecar.Settings;
using Sidecar.Text;

namespace Sidecar.Setup.Install;

/// <summary>One team: the bot in it, its slash commands and its outgoing webhooks, as declared.</summary>
internal sealed class TeamStep(SetupSession session, TeamState state)
{
    private readonly TeamInfo _team = state.Team;

    private TeamSecrets Recorded => session.Secrets.Team(_team.Id, _team.Name);

    public async Task Ensure(CancellationToken cancel)
    {
        session.Record(session.Secrets.With(Recorded));
        await EnsureMembership(cancel);
        foreach (var declared in Declaration.Current.Props.Commands)
        {
            await Ensure(declared, cancel);
        }

        foreach (var declared in Declaration.Current.Props.OutgoingWebhooks)
        {
            await Ensure(declared, cancel);
        }

        await RemoveUndeclared(cancel);
    }

    private async Task EnsureMembership(CancellationToken cancel)
    {
        var bot = session.Secrets.Bot;
        var item = $"team {_team.Name}: membership of @{bot.Username}";
        if (await session.Admin.IsMember(_team.Id, bot.UserId, cancel))
        {
            session.Ledger.Unchanged(item);
            return;
        }

        await session.Admin.AddMember(_team.Id, bot.UserId, cancel);
        session.Ledger.Created(item);
    }

    private async Task Ensure(DeclaredCommand declared, CancellationToken cancel)
    {
        var item = $"team {_team.Name}: command /{declared.Trigger}";
        var found = state.Find(declared, Recorded);
        var wanted = Shapes.Command(
            declared,
            found ?? new ServerCommand { TeamId = _team.Id },
            session.Address(Inbound.CommandPath),
            Speaker.Of(session.Secrets.Bot, session.Site)
        );
        var differences = found is null ? [] : Shapes.Differences(found, wanted);
        var made =
            found is null ? await session.Admin.CreateCommand(wanted, cancel)
            : differences.Count > 0 ? await session.Admin.ChangeCommand(wanted, cancel)
            : found;
        var entry = Entry(item, declared.Trigger, made.Id, made.Token, found?.Token);
        var before = Recorded.Commands.FirstOrDefault(c => c.Name == declared.Trigger);
        session.Record(
            session.Secrets.With(Recorded with { Commands = Put(Recorded.Commands, entry) })
        );
        Tell(item, found is null, differences, before, entry);
    }

    private async Task Ensure(DeclaredWebhook declared, CancellationToken cancel)
    {
        var item = $"team {_team.Name}: webhook {declared.TriggerWords[0]}";
        var found = state.Find(declared, Recorded);
        foreach (var other in state.Neighbours(declared, found))
        {
            session.Ledger.Warn(
                $"team {_team.Name}: webhook \"{other.DisplayName}\" fires on the same word",
                "Both will run. If that is not wanted: Integrations > Outgoing Webhooks of that team."
            );
        }

        var wanted = Shapes.Webhook(
            declared,
            found ?? new ServerWebhook { TeamId = _team.Id },
            session.Address(Inbound.TriggerPath)
        );
        var differences = found is null ? [] : Shapes.Differences(found, wanted);
        var made =
            found is null ? await session.Admin.CreateWebhook(wanted, cancel)
            : differences.Count > 0 ? await session.Admin.ChangeWebhook(wanted, cancel)
            : found;
        var entry = Entry(item, declared.DisplayName, made.Id, made.Token, found?.Token);
        var before = Recorded.Webhooks.FirstOrDefault(w => w.Name == declared.DisplayName);
        session.Record(
            session.Secrets.With(Recorded with { Webhooks = Put(Recorded.Webhooks, entry) })
        );
        Tell(item, found is null, differences, before, entry);
    }

    /// <summary>What an earlier release declared and this one does not.</summary>
    private async Task RemoveUndeclared(CancellationToken cancel)
    {
        var declared = Declaration.Current.Props;
        foreach (
            var old in Recorded.Commands.Where(c => declared.Commands.All(d => d.Trigger != c.Name))
        )
        {
            await Removal.Try(() => session.Admin.DeleteCommand(old.Id, cancel));
            session.Record(
                session.Secrets.With(Recorded with { Commands = Recorded.Commands.Remove(old) })
            );
            session.Ledger.Removed($"team {_team.Name}: command /{old.Name}");
        }

        foreach (
            var old in Recorded.Webhooks.Where(w =>
                declared.OutgoingWebhooks.All(d => d.DisplayName != w.Name)
            )
        )
        {
            await Removal.Try(() => session.Admin.DeleteWebhook(old.Id, cancel));
            session.Record(
                session.Secrets.With(Recorded with { Webhooks = Recorded.Webhooks.Remove(old) })
            );
            session.Ledger.Removed($"team {_team.Name}: webhook {old.Name}");
        }
    }

    private void Tell(
        string item,
        bool isNew,
        IReadOnlyList<string> differences,
        IntegrationSecret? before,
        IntegrationSecret after
    )
    {
        if (isNew && before is null)
        {
            session.Ledger.Created(item);
            return;
        }

        List<string> mended = [.. differences];
        if (isNew)
        {
            mended.Add("it had been deleted");
        }
        else if (before is null)
        {
            mended.Add("it was there already and is used from now on");
        }
        else if (!before.Token.Equals(after.Token))
        {
            mended.Add("its token had been regenerated; recorded the new one");
        }

        if (mended.Count == 0)
        {
            session.Ledger.Unchanged(item);
        }
        else
        {
            session.Ledger.Repaired(item, string.Join("; ", mended));
        }
    }

    private static IntegrationSecret Entry(
        string item,
        string name,
        string id,
        Secret token,
        Secret? listed
    ) =>
        new(
            name,
            id,
            !token.IsMissing ? token
                : listed is { IsMissing: false } ? listed
                : throw new SetupException(
                    $"{item}: Mattermost does not tell its token.",
                    "Use the token of a system administrator; others see the tokens of their own integrations only."
                )
        );

    private static ImmutableArray<IntegrationSecret> Put(
        ImmutableArray<IntegrationSecret> entries,
        IntegrationSecret entry
    )
    {
        var at = entries.ToList().FindIndex(e => e.Name == entry.Name);
        return at < 0 ? entries.Add(entry) : entries.SetItem(at, entry);
    }
}
