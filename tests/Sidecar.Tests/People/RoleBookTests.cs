using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Sidecar.Tests.Outbox;
using Sidecar.Text;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.People;

/// <summary>Who is what, in memory and on disk, while Mattermost answers and while it does not.</summary>
public sealed class RoleBookTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly UserId Tam = new("tam");
    private static readonly UserId Boss = new("boss");

    private PumpBench _bench = null!;
    private PeopleDirectory _people = null!;
    private RoleStore _book = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bench = await PumpBench.Start();
        _bench.Chat.Account = person => person with { IsSystemAdmin = person.Id == Boss };
        (_people, _book) = NewLife();
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task ALL_3_Roles_are_granted_taken_and_kept_over_a_restart()
    {
        await Grant(Tam, Role.Executive, Role.TechnicalAccountManager);
        (await _book.Of(Tam, Cancel)).Roles.ShouldBe([
            Role.TechnicalAccountManager,
            Role.Executive,
        ]);
        await Revoke(Tam, Role.TechnicalAccountManager);
        (await _book.Of(Tam, Cancel)).Roles.ShouldBe([Role.Executive]);

        var (_, later) = NewLife();
        (await later.Of(Tam, Cancel)).Roles.ShouldBe([Role.Executive]);
        (await later.Holders(Role.Executive, Cancel)).ShouldBe([Tam]);
        (await later.Holders(Role.TechnicalAccountManager, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ALL_3_Mattermosts_system_administrators_are_administrators_without_a_grant()
    {
        (await _book.Of(Boss, Cancel)).Is(Role.Administrator).ShouldBeTrue();
        (await _book.Of(Tam, Cancel)).Roles.ShouldBeEmpty();
        await Grant(Tam, Role.Administrator);
        await Grant(Boss, Role.Administrator);

        (await _book.Of(Boss, Cancel)).Roles.ShouldBe([Role.Administrator]);
        (await _book.Holders(Role.Administrator, Cancel)).ShouldBe([Boss, Tam], ignoreOrder: true);
    }

    [Fact]
    public async Task ALL_3_Guests_and_deactivated_people_have_no_role_whatever_they_were_granted()
    {
        _bench.Chat.Account = person =>
            person with
            {
                IsGuest = person.Id == Tam,
                IsDeactivated = person.Id == Boss,
                IsSystemAdmin = true,
            };
        await Grant(Tam, Role.Executive);
        await Grant(Boss, Role.Executive);

        (await _book.Of(Tam, Cancel)).ShouldSatisfyAllConditions(
            a => a.IsGuest.ShouldBeTrue(),
            a => a.Roles.ShouldBeEmpty()
        );
        (await _book.Of(Boss, Cancel)).Roles.ShouldBeEmpty();
        (await _book.Holders(Role.Executive, Cancel)).ShouldBeEmpty();
        (await _book.Holders(Role.Administrator, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ALL_3_Who_was_stored_before_there_were_roles_is_asked_for_again_before_anything_is_allowed()
    {
        var old = new KnownPerson(Tam, "tam")
        {
            TimeZone = "Europe/Berlin",
            AskedAt = _bench.Clock.GetUtcNow(),
        };
        await _bench.Store.Commit(
            new Change(_bench.Clock.GetUtcNow(), "0.1.0").Add(KnownPerson.Kind, Tam.Value, old),
            Cancel
        );
        _bench.Chat.Mishaps = (_, _) => Mishap.Busy;
        await Should.ThrowAsync<ChatException>(() => _book.Of(Tam, Cancel).AsTask());
        (await _people.Find(Tam, Cancel))!.TimeZone.ShouldBe("Europe/Berlin");

        _bench.Chat.Mishaps = (_, _) => Mishap.None;
        _bench.Chat.Account = person => person with { IsGuest = true };
        (await _book.Of(Tam, Cancel)).IsGuest.ShouldBeTrue();
    }

    [Fact]
    public async Task ALL_3_Who_was_asked_for_is_answered_from_memory()
    {
        await _book.Of(Tam, Cancel);
        var asked = _bench.Chat.Requests.Count;
        _bench.Chat.Mishaps = (_, _) => Mishap.LostRequest;
        // A store that is gone answers nothing.
        await _bench.Crash();
        (await _book.Of(Tam, Cancel)).Roles.ShouldBeEmpty();
        _bench.Chat.Requests.Count.ShouldBe(asked);
        await _bench.Begin();
    }

    [Fact]
    public async Task ALL_3_What_is_old_counts_until_the_answer_is_there_and_a_lost_answer_is_asked_for_soon_again()
    {
        await _book.Of(Tam, Cancel);
        _bench.Chat.Account = person => person with { IsGuest = true };
        _bench.Chat.Mishaps = (_, _) => Mishap.LostRequest;
        _bench.Clock.Advance(TimeSpan.FromHours(13));
        (await _book.Of(Tam, Cancel)).IsGuest.ShouldBeFalse();
        await _people.CatchUp(Cancel);

        _bench.Chat.Mishaps = (_, _) => Mishap.None;
        var asked = _bench.Chat.Requests.Count;
        (await _book.Of(Tam, Cancel)).IsGuest.ShouldBeFalse();
        await _people.CatchUp(Cancel);
        _bench.Chat.Requests.Count.ShouldBe(asked);

        _bench.Clock.Advance(TimeSpan.FromSeconds(31));
        (await _book.Of(Tam, Cancel)).IsGuest.ShouldBeTrue();
    }

    [Fact]
    public async Task X1_What_somebody_is_counts_for_one_act_and_is_asked_for_with_the_next()
    {
        await _book.Of(Tam, Cancel);
        _bench.Chat.Account = person => person with { IsGuest = true };
        _bench.Clock.Advance(TimeSpan.FromSeconds(1));
        (await _book.Of(Tam, Cancel)).IsGuest.ShouldBeFalse();
        _bench.Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await _book.Of(Tam, Cancel)).IsGuest.ShouldBeTrue();
    }

    [Fact]
    public async Task X1_What_Mattermost_says_of_an_account_counts_at_once()
    {
        await _book.Of(Tam, Cancel);
        _bench.Chat.Account = person => person with { IsDeactivated = true };
        _people.Doubt(Tam);
        (await _book.Of(Tam, Cancel)).IsOutside.ShouldBeTrue();
        // Of whom nothing is known, nothing is asked.
        var asked = _bench.Chat.Requests.Count;
        _people.Doubt(new UserId("stranger"));
        await _people.CatchUp(Cancel);
        _bench.Chat.Requests.ShouldNotContain("person stranger");
        _bench.Chat.Requests.Count.ShouldBeInRange(asked, asked + 1);
    }

    [Fact]
    public async Task X1_Without_an_answer_nothing_is_allowed_that_can_not_be_taken_back()
    {
        await Grant(Tam, Role.Executive);
        var strict = new Permission("do it", Role.Executive).AskedNow();
        (await _book.Check(strict, Tam, Cancel)).ShouldBeNull();
        _bench.Chat.Mishaps = (_, _) => Mishap.LostRequest;
        await Should.ThrowAsync<ChatException>(() => _book.Check(strict, Tam, Cancel).AsTask());
        (await _book.Check(strict with { IsAskedNow = false }, Tam, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task X1_Who_is_in_no_team_of_ours_or_deactivated_may_nothing_whatever_they_were_granted()
    {
        await Grant(Tam, Role.Executive);
        _bench.Chat.Account = person => person with { IsOutside = true };
        var anything = Permission.Everybody("look");
        (await _book.Check(anything.AskedNow(), Tam, Cancel)).ShouldBeOfType<NotOfTheTeam>();
        (await _book.Check(anything, Tam, Cancel)).ShouldBeOfType<NotOfTheTeam>();
        (await _book.Holders(Role.Executive, Cancel)).ShouldBeEmpty();
        _bench.Chat.Account = person => person with { IsDeactivated = true };
        (await _book.Check(anything.AskedNow(), Tam, Cancel)).ShouldBeOfType<NotOfTheTeam>();
    }

    [Fact]
    public async Task X1_Who_decides_about_roles_is_judged_in_the_decision_itself()
    {
        var (one, other) = (new UserId("one"), new UserId("other"));
        var grant = new Permission("grant roles", Role.Administrator);
        for (var round = 0; round < 50; round++)
        {
            await Grant(one, Role.Administrator);
            await Grant(other, Role.Administrator);
            await Revoke(Tam, Role.Executive);
            // Each takes it from the other: whoever is first has taken the right to do it from whoever is second.
            var both = await Task.WhenAll(
                Task.Run(() =>
                    _book.DecideAs(other, one, grant, g => g.Revoke([Role.Administrator], one))
                ),
                Task.Run(() =>
                    _book.DecideAs(one, other, grant, g => g.Revoke([Role.Administrator], other))
                )
            );
            both.Count(d => d is Decision<GrantedRoles, RoleFact>.Accepted).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Nobody_is_not_somebody_without_roles()
    {
        _bench.Chat.Names = _ => null;
        (
            await Should.ThrowAsync<ChatException>(() => _book.Of(Tam, Cancel).AsTask())
        ).Problem.ShouldBe(ChatProblem.Missing);
    }

    [Fact]
    public async Task ALL_3_U16_A_refusal_names_three_people_and_counts_the_others()
    {
        for (var i = 0; i < 8; i++)
        {
            await Grant(new UserId($"lead{i}"), Role.DeploymentEngineeringLead, Role.Executive);
        }

        var permission = new Permission(
            "close the month",
            Role.DeploymentEngineeringLead,
            Role.Executive
        )
        {
            Also = "its owner",
        };
        var refusal = await _book.Refuse(permission, Cancel);
        refusal
            .Sentence.Show(id => id.Value)
            .ShouldBe(
                "To close the month you need one of the roles **DE lead** or **executive**, or have to be its owner. "
                    + "@lead0, @lead1, @lead2 and 5 others can do it. "
                    + "Mattermost’s system administrators can grant one, as in `/escalate role grant @name de-lead`"
            );
    }

    [Fact]
    public async Task ALL_3_Grants_and_reads_at_once_leave_memory_and_disk_the_same()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var dice = new Seeded(seed);
        UserId[] people = [.. Enumerable.Range(0, 5).Select(i => new UserId($"p{i}"))];
        var acts = Enumerable
            .Range(0, 400)
            .Select(_ =>
                (Who: people[dice.Below(5)], Role: (Role)dice.Below(6), Kind: dice.Below(3))
            )
            .ToList();
        await Parallel.ForEachAsync(
            acts,
            Cancel,
            async (act, cancel) =>
            {
                switch (act.Kind)
                {
                    case 0:
                        await Grant(act.Who, act.Role);
                        break;
                    case 1:
                        await Revoke(act.Who, act.Role);
                        break;
                    default:
                        await _book.Of(act.Who, cancel);
                        break;
                }
            }
        );

        var (_, later) = NewLife();
        foreach (var person in people)
        {
            (await _book.Of(person, Cancel)).Roles.ShouldBe((await later.Of(person, Cancel)).Roles);
        }
    }

    private (PeopleDirectory People, RoleStore Book) NewLife()
    {
        var people = new PeopleDirectory(
            _bench.Store,
            _bench.Chat,
            new WorkingTime(new TeamTimeSettings()),
            _bench.Clock,
            NullLogger<PeopleDirectory>.Instance
        );
        return (people, new RoleStore(_bench.Store, people, _bench.Clock));
    }

    private async Task Grant(UserId person, params Role[] roles) =>
        await _book.Decide(person, person, granted => granted.Grant([.. roles], person));

    private async Task Revoke(UserId person, params Role[] roles) =>
        await _book.Decide(person, person, granted => granted.Revoke([.. roles], person));
}
