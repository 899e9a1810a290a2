using Shouldly;
using Sidecar.Settings;
using Sidecar.Setup;
using Sidecar.Tests.Harness;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Setup;

public sealed class SecretsFileTests : IDisposable
{
    private const string Token = "q7rx5gzn3fdy8m1wkc9thb4ja6";

    private static readonly Secrets Whole = new(
        new Uri("https://chat.example.com/"),
        new Uri("http://10.0.0.5:8066/"),
        new BotSecrets("bot-id", "escalate", "token-id", new Secret(Token)),
        [
            new TeamSecrets(
                "team-id",
                "ops",
                [new IntegrationSecret("escalate", "command-id", new Secret(Token + "c"))],
                [new IntegrationSecret("Escalate: sev1!", "hook-id", new Secret(Token + "h"))]
            ),
        ]
    );

    private readonly TemporaryFolder _folder = new();

    private SecretsFile File => new(Path.Combine(_folder.Path, "data"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_is_read()
    {
        Write(Whole);

        var read = File.Read();

        read.MattermostUrl.ShouldBe(Whole.MattermostUrl);
        read.PublicUrl.ShouldBe(Whole.PublicUrl);
        read.Bot.ShouldBe(Whole.Bot);
        read.CommandTokens.ShouldBe(Whole.CommandTokens);
        read.TriggerTokens.ShouldBe(Whole.TriggerTokens);
    }

    [Fact]
    public void Writing_the_same_again_changes_nothing()
    {
        Write(Whole).ShouldBeTrue();

        Write(Whole).ShouldBeFalse();
    }

    [Fact]
    public void Printing_shows_no_secret()
    {
        Whole.ToString().ShouldNotContain(Token);
        Whole.Bot.ToString().ShouldNotContain(Token);
        Whole.Teams[0].Commands[0].ToString().ShouldNotContain(Token);
        $"{Whole.Bot.Token}".ShouldBe("•••");
    }

    [Fact]
    public void Without_a_file_it_says_how_to_make_one() =>
        Refuses("was never set up", "install --data");

    [Theory]
    [InlineData("", "bot.token: it is missing")]
    [InlineData("hunter2", "bot.token: it has 7 characters")]
    public void A_token_that_can_be_none_is_named_without_its_value(string token, string says)
    {
        Write(Whole with { Bot = Whole.Bot with { Token = new Secret(token) } });

        var problem = Refuses(says, File.Path, "Run set-up again");
        if (token.Length > 0)
        {
            problem.ShouldNotContain(token);
        }
    }

    [Fact]
    public void A_team_without_its_command_is_named()
    {
        Write(Whole with { Teams = [Whole.Teams[0] with { Commands = [] }] });

        Refuses("teams[ops].commands: there is none");
    }

    [Fact]
    public void A_short_command_token_is_named()
    {
        Write(
            Whole with
            {
                Teams =
                [
                    Whole.Teams[0] with
                    {
                        Commands = [Whole.Teams[0].Commands[0] with { Token = new Secret("x") }],
                    },
                ],
            }
        );

        Refuses("teams[ops].commands[escalate].token: it has 1 characters");
    }

    [Fact]
    public void No_team_at_all_is_refused()
    {
        Write(Whole with { Teams = [] });

        Refuses("teams: there is none");
    }

    [Theory]
    [InlineData("", "no valid JSON")]
    [InlineData("{\"bot\": {\"token\": \"q7rx5gzn3fdy8m1wkc9thb4ja6}}", "no valid JSON at line 1")]
    [InlineData("{\"bot\": q7rx5gzn3fdy8m1wkc9thb4ja6}", "no valid JSON")]
    [InlineData("{}", "format: it is missing")]
    [InlineData("{\"format\": 2}", "newer release")]
    [InlineData(
        "{\"format\": 1, \"mattermost_url\": \"q7rx5gzn3fdy8m1wkc9thb4ja6\"}",
        "mattermost_url"
    )]
    [InlineData("{\"format\": 1, \"mattermost_url\": 5}", "no valid JSON")]
    [InlineData("null", "format: it is missing")]
    public void A_file_that_was_damaged_is_not_quoted(string content, string says)
    {
        Write(Whole);
        System.IO.File.WriteAllText(File.Path, content);

        Refuses(says, File.Path).ShouldNotContain(Token);
    }

    [Fact]
    public void Missing_parts_are_missing_and_no_fault()
    {
        Write(Whole);
        System.IO.File.WriteAllText(
            File.Path,
            """
            {"format": 1, "mattermost_url": "http://a/", "public_url": "http://b/", "teams": [{"name": "ops"}]}
            """
        );

        File.Find().ShouldNotBeNull().Teams[0].Commands.ShouldBeEmpty();
        Refuses("bot.user_id: it is missing");
    }

    private bool Write(Secrets secrets)
    {
        File.Prepare();
        return File.Write(secrets);
    }

    private string Refuses(params string[] says)
    {
        var problem = Should.Throw<SetupException>(File.Read).ToString();
        foreach (var part in says)
        {
            problem.ShouldContain(part);
        }

        return problem;
    }
}
