using Shouldly;
using Sidecar.Interactions;
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

    private static readonly CommandBook Book = new([
        new CommandSpec("", "Nothing"),
        new CommandSpec("assign", "Give", Name, Who) { Examples = ["assign x @y"] },
        new CommandSpec("move", "Move", Where),
        new CommandSpec("customer add", "Add", Name, Text),
        new CommandSpec("customer import", "Import", Name),
        new CommandSpec("list", "List"),
        new CommandSpec("internal ping", "Ping") { IsInternal = true },
    ]);

    private static readonly Mentions Known = new(
        new Dictionary<string, UserId>
        {
            ["lead"] = new("id-lead"),
            ["dotted."] = new("id-dotted"),
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
        Book.Hint.ShouldBe("[assign | move | customer | list]");
    }

    [Fact]
    public void Two_commands_of_one_path_stop_the_start() =>
        Should
            .Throw<InvalidOperationException>(() =>
                new CommandBook([new CommandSpec("list", "One"), new CommandSpec("list", "Two")])
            )
            .Message.ShouldContain("list");

    [Fact]
    public void ALL_6_What_was_typed_wrong_pings_nobody_when_it_is_given_back() =>
        Why("frob @all @here ~town").ShouldNotContain("“@all”");

    private static CommandReading Read(string text) => Book.Read(CommandLine.Read(text), Known);

    private static string Why(string text) =>
        Read(text).ShouldBeOfType<CommandReading.Misunderstood>().Why.Show(_ => null);
}
