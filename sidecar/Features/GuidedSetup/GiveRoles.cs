using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.GuidedSetup;

/// <summary>The form for roles, which takes several people at once (SET-2).</summary>
internal sealed class GiveRoles(
    GuidedCommands commands,
    GuidedList list,
    RoleStore roles,
    GuidedForms forms,
    IChat chat
) : IDialog<GuidedForm>
{
    public const string OtherRole = "other_role";
    public const string OtherPeople = "other_people";

    /// <summary>
    /// The choice of <see cref="OtherRole"/> that leaves its people out: today's clients send a list that is emptied after
    /// an error as it was before.
    /// </summary>
    public const string NoOther = "no-other";

    /// <summary>Each is asked for at Mattermost before they get something.</summary>
    private const int MostAtOnce = 20;

    public static Permission Permission => GuidedRights.SetUp;

    public static DialogKey<GuidedForm> Key { get; } =
        new("guided-setup.roles", GuidedJson.Default.GuidedForm);

    internal static IEnumerable<RoleName> Needed =>
        GuidedSteps.NeededRoles.Select(role => Roles.All.First(r => r.Role == role));

    public async Task<SubmissionReply> Submit(Submission<GuidedForm> form, CancellationToken cancel)
    {
        var (asked, problems) = Read(form);
        if (problems.Count > 0)
        {
            return SubmissionReply.Mark(problems);
        }

        // Of no field more than of another: a box that is ticked says that nobody gets that role, and takes none away.
        if (asked.IsEmpty)
        {
            return SubmissionReply.Keep(
                "Nobody is chosen, so nobody would get a role. Choose somebody for one of them. A role is taken away with /escalate role revoke."
            );
        }

        var people = asked.Select(a => a.Person).Distinct().ToList();
        if (people.Count > MostAtOnce)
        {
            return SubmissionReply.Keep(
                $"These are {people.Count} people, and {MostAtOnce} fit at once. Nobody was given anything; leave some for a second form."
            );
        }

        var found = (await chat.FindAccounts(people, cancel)).ToDictionary(p => p.Id);
        var unfit = asked
            .Where(a => IsUnfit(found.GetValueOrDefault(a.Person)))
            .GroupBy(a => a.Field, StringComparer.Ordinal)
            .ToList();
        asked = [.. asked.Where(a => !IsUnfit(found.GetValueOrDefault(a.Person)))];
        if (asked.IsEmpty)
        {
            return SubmissionReply.Mark(
                unfit.ToDictionary(
                    g => g.Key,
                    g => $"{Unfit(g, found)}. Nobody was given anything yet; choose people.",
                    StringComparer.Ordinal
                )
            );
        }

        var before = await Granted(people, cancel);
        if (asked.All(a => before[a.Person].Contains(a.Role)))
        {
            return SubmissionReply.Keep("They have these roles already; nothing was changed.");
        }

        var (given, refused) = await Give(
            asked.ToLookup(a => (Name: found[a.Person].Username, Id: a.Person), a => a.Role),
            form.Envelope,
            cancel
        );
        await list.Refresh(form.Envelope.User, cancel);
        return given.Count == 0
            ? SubmissionReply.No(new NotSetUp(Markdown.Lines(refused)))
            // Who was refused takes nothing from the others: what was done is said first.
            : await forms.After(
                GuidedPress.Roles,
                Markdown.Lines(given),
                cancel,
                Markdown.Lines([
                    .. unfit.Select(g => Markdown.Of($"{Unfit(g, found)}: no role was given.")),
                    .. refused,
                    WithoutPeople(form),
                ])
            );
    }

    private static string Unfit(
        IEnumerable<AskedRole> asked,
        Dictionary<UserId, ChatPerson> found
    ) =>
        string.Join(
            ", ",
            asked.Select(a =>
                found.GetValueOrDefault(a.Person) switch
                {
                    { IsBot: true } bot => $"@{bot.Username} is a bot",
                    { IsGuest: true } guest => $"@{guest.Username} is a guest on this server",
                    { } gone => $"The account of @{gone.Username} is deactivated",
                    null => "There is no such account",
                }
            )
        );

    private async Task<Dictionary<UserId, ImmutableArray<Role>>> Granted(
        IEnumerable<UserId> people,
        CancellationToken cancel
    )
    {
        Dictionary<UserId, ImmutableArray<Role>> granted = [];
        foreach (var person in people)
        {
            granted[person] = (await roles.GrantedTo(person, cancel)).Roles;
        }

        return granted;
    }

    private async Task<(List<Markdown> Given, List<Markdown> Refused)> Give(
        ILookup<(string Name, UserId Id), Role> asked,
        Envelope envelope,
        CancellationToken cancel
    )
    {
        List<Markdown> given = [];
        List<Markdown> refused = [];
        foreach (var person in asked)
        {
            var (name, id) = person.Key;
            var before = (await roles.GrantedTo(id, cancel)).Roles;
            ImmutableArray<Role> missing = [.. person.Distinct().Except(before)];
            if (missing.IsEmpty)
            {
                continue;
            }

            var (isSo, said) = await commands.Achieve(
                $"role grant @{name} {string.Join(' ', missing.Select(r => r.Code()))}",
                GuidedCommands.People((name, id)),
                envelope with
                {
                    Act = $"{envelope.Act}/{id.Value}",
                },
                async () =>
                    missing.Except((await roles.GrantedTo(id, cancel)).Roles).ToList().Count == 0,
                cancel
            );
            (isSo ? given : refused).Add(said);
        }

        return (given, refused);
    }

    private static (ImmutableArray<AskedRole> Asked, Dictionary<string, string> Problems) Read(
        Submission<GuidedForm> form
    )
    {
        Dictionary<string, string> problems = new(StringComparer.Ordinal);
        var other = Roles.All.FirstOrDefault(r => r.Code == form[OtherRole]);
        ImmutableArray<AskedRole> asked =
        [
            .. Needed.SelectMany(r => In(form, r.Code, r.Role)),
            .. other is null ? [] : In(form, OtherPeople, other.Role),
        ];
        if (other is null && form[OtherPeople].Length > 0 && form[OtherRole] != NoOther)
        {
            problems[OtherRole] = $"Which role do they have? Choose one, or “{NoOtherLabel}”.";
        }

        return (asked, problems);
    }

    /// <summary>A role without people gives nothing; it stops nobody who gets another one.</summary>
    private static Markdown WithoutPeople(Submission<GuidedForm> form) =>
        form[OtherPeople].Length == 0
        && Roles.All.FirstOrDefault(r => r.Code == form[OtherRole]) is { } other
            ? Markdown.Of($"Nobody was chosen as {other.Label}, so nobody was given that.")
            : Markdown.None;

    private static IEnumerable<AskedRole> In(
        Submission<GuidedForm> form,
        string field,
        Role role
    ) => form.People(field).Select(person => new AskedRole(field, role, person));

    private static bool IsUnfit(ChatPerson? person) =>
        person is null or { IsBot: true } or { IsGuest: true } or { IsDeactivated: true };

    internal const string NoOtherLabel = "None: leave out who is chosen below";

    internal static string Capital(string label) =>
        $"{char.ToUpperInvariant(label[0])}{label[1..]}";

    private sealed record AskedRole(string Field, Role Role, UserId Person);
}
