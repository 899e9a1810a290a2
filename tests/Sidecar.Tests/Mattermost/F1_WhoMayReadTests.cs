using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>
/// Whatever answers in Mattermost's place, nobody may more by it (F1, X1, ASG-4): a guest stays one, a stranger comes into
/// no team, and a channel that a guest reads is not taken for one without.
/// </summary>
public sealed class F1_WhoMayReadTests
{
    private const string Other = "ooooooooooooooooooooooooo1";

    public static TheoryData<string> Kinds => [.. Everything.Keys];

    private static readonly Dictionary<string, Between> Everything = Between
        .All.Concat(
            new[]
            {
                Of(
                    "another user",
                    $$"""{"id":"{{Other}}","username":"admin","roles":"system_user system_admin"}"""
                ),
                Of(
                    "other users",
                    $$"""[{"id":"{{Other}}","username":"admin","roles":"system_user system_admin"}]"""
                ),
                Of(
                    "another member",
                    $$"""{"user_id":"{{Other}}","team_id":"t","channel_id":"c","scheme_guest":false}"""
                ),
                Of("another channel", $$"""{"id":"{{Other}}","type":"O","name":"town-square"}"""),
                Of("another direct channel", $$"""{"id":"{{Other}}","type":"D","name":"x"}"""),
                Of(
                    "other figures",
                    $$"""{"channel_id":"{{Other}}","guest_count":0,"member_count":3}"""
                ),
                Of("figures of nobody", """{"guest_count":0}"""),
                Of("another team", $$"""[{"id":"{{Other}}","name":"x"}]"""),
            }.ToDictionary(b => b.Name, StringComparer.Ordinal)
        )
        .ToDictionary(StringComparer.Ordinal);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task F1_X1_Nobody_may_more_by_it(string kind)
    {
        Gateway? gateway = null;
        await using var bench = await ChatBench.Start(through: behind =>
            (gateway = new Gateway(behind)).Url
        );
        var server = bench.Server;
        server.AddUser("guest", roles: "system_guest");
        server.AddUser("stranger");
        server.LeaveTeam("stranger");
        server.Join("war-room", "guest");
        var hidden = new ChannelId(
            server.AddChannel("hidden", type: "P", members: ["escalate", "guest"]).Id
        );
        var direct = new ChannelId(server.DirectChannel("escalate", "guest").Id);
        var (guest, stranger) = (
            new UserId(server.GetUser("guest").Id),
            new UserId(server.GetUser("stranger").Id)
        );
        var engineer = new UserId(server.GetUser("engineer").Id);
        string[] places =
        [
            "/users/me/teams",
            "/api/v4/users/ids",
            "/api/v4/users",
            "/api/v4/users/",
            "/members/",
            "/members",
            "/stats",
            "/api/v4/channels/",
            "",
        ];
        foreach (var place in places)
        {
            gateway!.Heal();
            gateway.Next(
                1000,
                (_, path) =>
                    place.Length == 0
                    || (
                        place == "/api/v4/users" ? path == place
                        : place == "/api/v4/users/"
                            ? path.StartsWith(place, StringComparison.Ordinal)
                                && !path.Contains("/teams", StringComparison.Ordinal)
                        : place == "/members/" ? path.Contains(place, StringComparison.Ordinal)
                        : place == "/api/v4/channels/"
                            ? path.StartsWith(place, StringComparison.Ordinal)
                                && path.Count(c => c == '/') == 4
                        : path.EndsWith(place, StringComparison.Ordinal)
                    ),
                Everything[kind]
            );
            (await Told(() => bench.Chat.FindMember(guest, Cancel)))?.ShouldSatisfyAllConditions(
                p => (p.IsGuest || p.IsOutside).ShouldBeTrue(place),
                p => p.IsSystemAdmin.ShouldBeFalse(place)
            );
            (await Told(() => bench.Chat.FindMember(stranger, Cancel)))?.IsOutside.ShouldBeTrue(
                place
            );
            // Nor less: who is of the team is not taken for a stranger by what a page says. (A team looks like a team.)
            if (kind != "another team")
            {
                (
                    await Told(() => bench.Chat.FindMember(engineer, Cancel))
                )?.IsOutside.ShouldBeFalse(place);
            }

            foreach (var channel in (ChannelId[])[bench.Room, hidden, direct])
            {
                (await Told(() => bench.Chat.Audience(channel, Cancel)))?.HasGuests.ShouldBeTrue(
                    place
                );
            }

            (await Told(() => bench.Chat.FindChannel(hidden, Cancel)))?.IsPrivate.ShouldBeTrue(
                place
            );
            (await ToldWhether(() => bench.Chat.IsMember(hidden, engineer, Cancel))).ShouldBeFalse(
                place
            );
            foreach (
                var account in await Told(async () =>
                    (IReadOnlyList<ChatPerson>?)
                        await bench.Chat.FindAccounts([guest, stranger], Cancel)
                ) ?? []
            )
            {
                account.Id.ShouldBeOneOf(guest, stranger);
                account.IsSystemAdmin.ShouldBeFalse(place);
            }

            // What was remembered of it counts for nobody afterwards.
            gateway.Heal();
            bench.Clock.Advance(TimeSpan.FromMinutes(2));
            (await bench.Chat.FindMember(guest, Cancel))!.IsGuest.ShouldBeTrue(place);
            (await bench.Chat.FindMember(engineer, Cancel))!.IsOutside.ShouldBeFalse(place);
        }

        gateway!.Dispose();
    }

    private static Between Of(string name, string body) =>
        Between.Of(name, 200, "application/json", body);

    private static async Task<T?> Told<T>(Func<Task<T?>> ask)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (ChatException)
        {
            return null;
        }
    }

    private static async Task<bool> ToldWhether(Func<Task<bool>> ask)
    {
        try
        {
            return await ask();
        }
        catch (ChatException)
        {
            return false;
        }
    }
}
