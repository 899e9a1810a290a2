using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Shouldly;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Storage;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Panel;

/// <summary>The panel's lists.</summary>
public sealed class PanelListTests
{
    [Fact]
    public async Task ESC_5_The_order_and_the_facts_are_those_of_the_list_that_people_type()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raises(12);
        await desk.Types("engineer", "/escalate ack ESC-3");
        await desk.Passes(TimeSpan.FromMinutes(1));

        var list = await desk.List("engineer", "open");
        var typed = (await desk.Types("engineer", "/escalate list")).Text;
        list.Ids().ShouldBe([.. typed.Split("| **").Skip(1).Select(r => r.Split("**")[0])]);
        list.GetProperty("total").GetInt32().ShouldBe(12);
        list.GetProperty("isAtLeast").GetBoolean().ShouldBeFalse();
        list.GetProperty("after").ValueKind.ShouldBe(JsonValueKind.Null);

        var stored = await desk.Stored(3);
        var item = list.GetProperty("items").EnumerateArray().Single(i => i.Text("id") == "ESC-3");
        item.GetProperty("severity").GetInt32().ShouldBe((int)stored.Severity);
        item.Text("customer").ShouldBe(stored.CustomerName);
        item.Text("summary").ShouldBe(stored.Summary);
        item.Text("state").ShouldBe("acknowledged");
        item.GetProperty("owner").Text("name").ShouldBe("engineer");
        item.GetProperty("owner").Text("id").ShouldBe(desk.IdOf("engineer").Value);
        item.GetProperty("raisedAt").GetDateTimeOffset().ShouldBe(stored.RaisedAt);
        item.Text("raisedAt")!.ShouldEndWith("Z");
        var next = stored.Update.ShouldNotBeNull().DueAt;
        item.GetProperty("nextUpdateAt").GetDateTimeOffset().ShouldBe(next);
        item.GetProperty("isStale").GetBoolean().ShouldBeFalse();
        list.GetProperty("items")
            .EnumerateArray()
            .First(i => i.Text("id") == "ESC-4")
            .GetProperty("owner")
            .ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task ESC_12_What_was_forgotten_is_marked()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Passes(TimeSpan.FromDays(10));
        var item = (await desk.List("tam", "open")).GetProperty("items")[0];
        item.GetProperty("isStale").GetBoolean().ShouldBe((await desk.Stored()).IsStale);
        item.GetProperty("isStale").GetBoolean().ShouldBeTrue();
        item.GetProperty("nextUpdateAt")
            .GetDateTimeOffset()
            .ShouldBeLessThan(desk.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Mine_and_here_hold_what_is_ones_own_and_what_is_of_the_channel_on_the_screen()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        var other = desk.Mattermost.AddChannel(
            "war-room",
            Desk.Team,
            displayName: "War room",
            members: ["tam", "engineer"]
        );
        await desk.Knows("one", "One", 60_000);
        await desk.Knows("two", "Two", 60_000);
        await desk.Types("tam", "/escalate new one sev2 In the square");
        await desk.Types("engineer", "/escalate new two sev2 Elsewhere", other.Name);

        (await desk.List("tam", "mine")).Ids().ShouldBe(["ESC-1"]);
        (await desk.List("engineer", "mine")).Ids().ShouldBe(["ESC-2"]);
        (await desk.List("lead", "mine")).Ids().ShouldBeEmpty();
        (await desk.List("lead", "open")).Ids().Count.ShouldBe(2);
        (await desk.List("tam", "here", other.Name)).Ids().ShouldBe(["ESC-2"]);
        (await desk.List("tam", "here")).Ids().ShouldBe(["ESC-1"]);

        await desk.Types("engineer", "/escalate resolve ESC-1 Restarted");
        (await desk.List("tam", "open")).Ids().ShouldBe(["ESC-2"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    [InlineData(0)]
    [InlineData(100_000)]
    public async Task Pages_hold_everything_once_in_order_whatever_their_size(int limit)
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raises(61);
        List<string> seen = [];
        string? after = null;
        do
        {
            var list = (await desk.Page("tam", "open", limit, after)).GetProperty("list");
            list.Ids().Count.ShouldBeInRange(1, Math.Clamp(limit, 1, 200));
            list.GetProperty("total").GetInt32().ShouldBe(61);
            seen.AddRange(list.Ids());
            after = list.Text("after");
            // People who do much at once are slowed down.
            desk.Clock.Advance(TimeSpan.FromSeconds(1));
        } while (after is not null);

        seen.Count.ShouldBe(61);
        seen.Distinct().Count().ShouldBe(61);
        seen.ShouldBe((await desk.Page("tam", "open", 200)).GetProperty("list").Ids());
    }

    [Fact]
    public async Task ESC_5_The_place_where_a_page_ends_says_nothing_and_is_of_use_to_its_reader_only()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raises(3);
        var after = (await Page("tam", "open", after: null)).GetProperty("list").Text("after")!;
        var bytes = Base64Url.DecodeFromChars(after);
        foreach (var number in (int[])[1, 2, 3])
        {
            var key = EscalationIndexes.Order(IndexKey.Empty, await desk.Stored(number));
            bytes.AsSpan().IndexOf(key.Bytes.Span).ShouldBe(-1);
        }

        (await Page("tam", "open", after)).TryGetProperty("list", out _).ShouldBeTrue();
        (await Page("tam", "mine", after)).Problem().ShouldBe("notUnderstood");
        (await Page("engineer", "open", after)).Problem().ShouldBe("notUnderstood");
        var changed = after[..40] + (after[40] == 'A' ? 'B' : 'A') + after[41..];
        (await Page("tam", "open", changed)).Problem().ShouldBe("notUnderstood");
        var madeUp = Base64Url.EncodeToString(
            EscalationIndexes.Order(IndexKey.Empty, await desk.Stored()).Bytes.Span
        );
        (await Page("tam", "open", $"{madeUp}.ESC-1")).Problem().ShouldBe("notUnderstood");

        Task<JsonElement> Page(string who, string of, string? after) =>
            desk.Page(who, of, 1, after);
    }

    [Fact]
    public async Task Nothing_comes_twice_when_the_last_of_a_page_moves_to_the_front()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raises(20);
        var first = (await desk.Page("tam", "open", 7)).GetProperty("list");
        await desk.Types("engineer", $"/escalate edit {first.Ids()[^1]} impact critical");
        var rest = (await desk.Page("tam", "open", 200, first.Text("after"))).GetProperty("list");
        rest.Ids().Count.ShouldBe(13);
        first.Ids().Concat(rest.Ids()).Distinct().Count().ShouldBe(20);
    }

    [Fact]
    public async Task The_longest_page_of_the_longest_texts_is_taken_by_Mattermost()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        for (var i = 1; i <= 200; i++)
        {
            await desk.Knows($"client{i}", string.Concat(Enumerable.Repeat("漢", 99)) + i, 60_000);
            await desk.Types(
                i % 2 == 0 ? "tam" : "engineer",
                $"/escalate new client{i} sev2 {string.Concat(Enumerable.Repeat("\U0001F525", 120))}"
            );
            desk.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var outcome = await desk.Runs(
            "lead",
            new
            {
                v = 2,
                get = "list",
                of = "open",
                limit = 200,
            }
        );
        outcome
            .Props.ShouldNotBeNull()
            .GetProperty("escalate")
            .GetProperty("list")
            .Ids()
            .Count.ShouldBe(200);
        Encoding.UTF8.GetByteCount(outcome.Response.GetRawText()).ShouldBeLessThan(1024 * 1024);
    }
}

internal static class PanelListDesk
{
    public static async Task<JsonElement> List(
        this Desk desk,
        string who,
        string of,
        string channel = Desk.Square
    ) =>
        (
            await desk.Asks(
                who,
                new
                {
                    v = 2,
                    get = "list",
                    of,
                },
                channel
            )
        ).GetProperty("list");

    /// <summary>Raises several, of different severities and customers, at different moments.</summary>
    public static async Task Raises(this Desk desk, int count)
    {
        for (var i = 1; i <= count; i++)
        {
            await desk.Knows($"client{i}", $"Client {i}", 60_000 + i);
            await desk.Types("tam", $"/escalate new client{i} sev{(i % 4) + 1} Problem {i}");
            desk.Clock.Advance(TimeSpan.FromSeconds(20));
        }
    }
}
