using Shouldly;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Interactions;

public sealed class CommandBookTests
{
    private static readonly Parameter<UserId> Who = Arguments.User("user", "Whom?");
    private static readonly Parameter<NamedChannel> Where = Arguments.Channel("channel", "Where?");
    private static readonly Parameter<CommandWord> Name = Arguments.Word("name", "Which name?");
    private static readonly Parameter<string> Text = Arguments
        .Rest("text", "Say what.")
        .OrNothing();

    private static readonly CommandParser Book = new([
        new CommandSpec("", "Nothing"),
        new CommandSpec("assign", "Give", Name, Who) { Examples = ["assign x @y"] },
        new CommandSpec("move", "Move", Where) { IsHinted = true },
        new CommandSpec("customer add", "Add", Name, Text),
        new CommandSpec("customer import", "Import", Name),
        new CommandSpec("list", "List") { Synonyms = ["show all"], IsHinted = true },
        new CommandSpec("internal ping", "Ping") { IsInternal = true, IsHinted = true },
    ]);

    private static readonly Mentions Known = new(
        new Dictionary<string, UserId>
        {
            ["lead"] = new("id-lead"),
            ["dotted."] = new("id-dotted"),
            ["lee."] = new("id-lee."),
            ["lee"] = new("id-lee"),
            ["ann_-"] = new("id-ann"),
        },
        new Dictionary<string, ChannelId> { ["town-square"] = new("id-town") }
    );

    [Theory]
    [InlineData("assign x @lead", "assign")]
    [InlineData("ASSIGN x @LEAD", "assign")]
    [InlineData("assign x @lead.", "assign")]
    [InlineData("assign x @dotted.", "assign")]
    [InlineData("assign x ＠lead", "assign")]
    [InlineData("move ~town-square", "move")]
    [InlineData("move ~town-square.", "move")]
    [InlineData("move (~town-square).", "move")]
    [InlineData("show all", "list")]
    [InlineData("SHOW All", "list")]
    [InlineData("customer add acme", "customer add")]
    [InlineData("Customer Add \"Acme Labs\" with words", "customer add")]
    [InlineData("internal ping", "internal ping")]
    [InlineData("", "")]
    [InlineData("   ", "")]
    public void What_is_written_right_is_understood(string text, string path) =>
        Read(text).ShouldBeOfType<CommandReading.Understood>().Spec.Path.ShouldBe(path);

    [Theory]
    [InlineData("asign x @lead", "/escalate assign x @lead")]
    [InlineData("lsit", "/escalate list")]
    [InlineData("as x @lead", "/escalate assign x @lead")]
    [InlineData("customer imprt acme and more", "/escalate customer import acme and more")]
    [InlineData("custmer add acme", "/escalate customer add acme")]
    [InlineData("customer", "/escalate customer import <name>")]
    [InlineData("customer of ours", "/escalate customer add <name> [text]")]
    public void ALL_2_The_nearest_command_is_offered_with_everything_that_was_typed(
        string text,
        string offered
    ) => Why(text).ShouldContain(offered);

    [Theory]
    [InlineData("frobnicate the thing", "/escalate frobnicate the thing")]
    [InlineData("assign x", "/escalate assign x")]
    [InlineData("assign x lead", "/escalate assign x lead")]
    [InlineData("assign x @nobody", "/escalate assign x @nobody")]
    [InlineData("list and more", "/escalate list and more")]
    [InlineData("customer", "/escalate customer")]
    [InlineData("customer of ours", "/escalate customer of ours")]
    public void ALL_2_What_can_not_be_understood_is_given_back_whole(string text, string typed) =>
        Why(text).ShouldContain(typed);

    [Theory]
    [InlineData("@lee.,", "id-lee.")]
    [InlineData("@lee.", "id-lee.")]
    [InlineData("@lee..", "id-lee.")]
    [InlineData("@lee,", "id-lee")]
    [InlineData("@lee).", "id-lee")]
    [InlineData("(@lee.)", "id-lee.")]
    [InlineData("@LEAD!?", "id-lead")]
    [InlineData("@ann_-:", "id-ann")]
    [InlineData("\u200E@lead\u200F", "id-lead")]
    public void T5_Sentence_marks_are_taken_off_until_a_name_fits(string typed, string id)
    {
        var read = Read($"assign x {typed}").ShouldBeOfType<CommandReading.Understood>();
        read.Values.Single(v => v.Parameter == Who).Value.ShouldBe(new UserId(id));
    }

    [Fact]
    public void T5_Any_name_is_found_with_any_marks_behind_it()
    {
        var seed = Environment.TickCount;
        var chance = new Sidecar.Tests.Harness.Seeded(seed);
        const string letters = "ab1._-";
        const string marks = ".,;:!?)]}'\"*_-";
        for (var i = 0; i < 3000; i++)
        {
            var name = "a" + Any(letters, chance.Below(4));
            var typed = $"@{name}{Any(marks, chance.Below(5))}";
            var known = new Mentions(
                new Dictionary<string, UserId> { [name] = new("id") },
                new Dictionary<string, ChannelId>()
            );
            Book.Read(CommandLine.Read($"assign x {typed}"), known)
                .ShouldBeOfType<CommandReading.Understood>($"{typed}, seed {seed}");
        }

        string Any(string of, int length) =>
            string.Concat(Enumerable.Range(0, length).Select(_ => of[chance.Below(of.Length)]));
    }

    /// <summary>What costs most is what is compared with many names: it is not compared at all when it is too long.</summary>
    [Theory]
    [InlineData("a")]
    [InlineData("a ")]
    [InlineData("\"")]
    [InlineData("customer ")]
    [InlineData("customer x,")]
    public void X2_A_long_command_costs_no_more_than_its_length(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 16_000 / part.Length));
        Read(text[..100]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Read(text);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(400L * text.Length);
    }

    [Fact]
    public void X2_Spellings_are_compared_by_length_first()
    {
        Spelling.Within(new string('a', 16_000), "assign", 16_000).ShouldBeNull();
        Spelling.Within("asign", "assign", 1).ShouldBe(1);
        Spelling.Within("asisgn", "assign", 1).ShouldBe(1);
        Spelling.Within("assign", "assign", 0).ShouldBe(0);
        Spelling.Within("assign", "list", 3).ShouldBeNull();
        Spelling.Within("", "abc", 3).ShouldBe(3);
    }

    [Fact]
    public void A_missing_word_is_asked_for_with_usage_and_example()
    {
        var why = Why("assign x");
        why.ShouldContain("Whom?");
        why.ShouldContain("/escalate assign <name> @user");
        why.ShouldContain("/escalate assign x @y");
    }

    [Fact]
    public void Internal_commands_are_never_suggested()
    {
        Book.Nearest("internal").ShouldBeEmpty();
        Book.Hint.ShouldBe("[move | list]");
    }

    [Fact]
    public void Two_commands_of_one_path_stop_the_start() =>
        Should
            .Throw<InvalidOperationException>(() =>
                new CommandParser([new CommandSpec("list", "One"), new CommandSpec("list", "Two")])
            )
            .Message.ShouldContain("list");

    [Fact]
    public void ALL_6_What_was_typed_wrong_pings_nobody_when_it_is_given_back() =>
        Why("frob @all @here ~town").ShouldNotContain("“@all”");

    private static CommandReading Read(string text) => Book.Read(CommandLine.Read(text), Known);

    private static string Why(string text) =>
        Read(text).ShouldBeOfType<CommandReading.Misunderstood>().Why.Show(_ => null);
}
