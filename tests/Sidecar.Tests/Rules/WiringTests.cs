using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Features;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Settings;
using Sidecar.Tests.Harness;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Rules;

/// <summary>Parts are registered by hand; these tests prove that none was forgotten.</summary>
public sealed class WiringTests
{
    private static readonly RegisteredParts Registered = Register();

    [Fact]
    public void Every_command_is_registered() =>
        Registered
            .Commands.Select(c => c.Type)
            .ShouldBe(Implementing(typeof(ISlashCommand)), ignoreOrder: true);

    [Fact]
    public void Every_action_is_registered() =>
        Registered
            .Actions.Select(a => a.Type)
            .ShouldBe(Implementing(typeof(IAction<>)), ignoreOrder: true);

    [Fact]
    public void Every_dialog_is_registered() =>
        Registered
            .Dialogs.Select(d => d.Type)
            .ShouldBe(Implementing(typeof(IDialog<>)), ignoreOrder: true);

    [Fact]
    public void Every_trigger_word_is_registered() =>
        Registered
            .Triggers.Select(t => t.Type)
            .ShouldBe(Implementing(typeof(ITriggerWord)), ignoreOrder: true);

    [Fact]
    public void Every_source_of_files_is_registered() =>
        Registered
            .Files.Select(f => f.Type)
            .ShouldBe(Implementing(typeof(IFileSource)), ignoreOrder: true);

    [Fact]
    public void Every_errand_is_registered() =>
        Registered
            .Errands.Select(e => e.Type)
            .ShouldBe(Implementing(typeof(IErrand)), ignoreOrder: true);

    [Fact]
    public void Everything_that_is_done_when_it_falls_due_is_registered() =>
        Registered
            .DueTasks.Select(t => t.Type)
            .ShouldBe(Implementing(typeof(IDueTask)), ignoreOrder: true);

    [Fact]
    public void All_settings_are_registered() =>
        Registered
            .Settings.Select(s => s.Json.Type)
            .ShouldBe(Implementing(typeof(ISettings<>)), ignoreOrder: true);

    [Fact]
    public void Settings_that_nobody_has_changed_have_no_problems()
    {
        foreach (var section in Registered.Settings)
        {
            section.Problems(section.Defaults).ShouldBeEmpty(section.Section);
        }
    }

    [Fact]
    public void Every_reaction_is_registered() =>
        Registered
            .Reactions.Select(r => r.Type)
            .ShouldBe(Implementing(typeof(IReaction)), ignoreOrder: true);

    [Fact]
    public void Emojis_are_written_as_Mattermost_names_them() =>
        Registered
            .Reactions.SelectMany(r => r.Emojis)
            .ShouldAllBe(e => e.Length > 0 && e.All(c => char.IsAsciiLetterLower(c) || c == '_'));

    [Fact]
    public void Every_feature_has_its_line_in_the_table_of_contents()
    {
        var source = File.ReadAllText(
            Path.Combine(Repository.Root, "sidecar/Features/AllFeatures.cs")
        );
        foreach (var feature in Implementing(typeof(IFeature)))
        {
            source.ShouldContain($"Add<{feature.Name}>()");
        }
    }

    [Fact]
    public void No_two_parts_share_a_name()
    {
        Registered.Actions.Select(a => a.Name).ShouldBeUnique();
        Registered.Dialogs.Select(d => d.Name).ShouldBeUnique();
        Registered.Triggers.Select(t => t.Word).ShouldBeUnique();
        Registered.Commands.Select(c => c.Spec.Path).ShouldBeUnique();
        Registered.Files.Select(f => f.Name).ShouldBeUnique();

        Registered.DueTasks.Select(t => t.Kind).ShouldBeUnique();
        Registered.Settings.Select(s => s.Section).ShouldBeUnique();
    }

    [Fact]
    public void Every_command_for_people_says_what_it_is_for_and_shows_how()
    {
        foreach (var spec in Registered.Commands.Select(c => c.Spec).Where(s => !s.IsInternal))
        {
            spec.Summary.ShouldNotBeNullOrWhiteSpace();
            spec.Summary.ShouldNotEndWith(".", customMessage: spec.Usage);
            spec.Examples.ShouldNotBeEmpty(spec.Usage);
        }
    }

    [Fact]
    public void Every_example_is_understood_by_the_command_it_belongs_to()
    {
        var book = new CommandParser(Registered.Commands.Select(c => c.Spec));
        var mentions = new Mentions(
            new Dictionary<string, UserId> { ["engineer"] = new("id"), ["backup"] = new("other") },
            new Dictionary<string, ChannelId> { ["town-square"] = new("id") }
        )
        {
            Here = new NamedChannel(new ChannelId("id"), "town-square"),
        };
        foreach (var spec in Registered.Commands.Select(c => c.Spec))
        {
            foreach (var example in spec.Examples)
            {
                book.Read(CommandLine.Read(example), mentions)
                    .ShouldBeOfType<CommandReading.Understood>($"/escalate {example}")
                    .Spec.ShouldBe(spec);
            }
        }
    }

    [Fact]
    public async Task All_parts_go_by_the_clock_that_the_host_was_given()
    {
        await using var desk = await Desk.Open();
        desk.Parts.GetRequiredService<TimeProvider>().ShouldBe(desk.Clock);
    }

    private static RegisteredParts Register()
    {
        var builder = new FeatureBuilder(new ServiceCollection());
        AllFeatures.Register(builder);
        return builder.Build();
    }

    private static IEnumerable<Type> Implementing(Type contract) =>
        typeof(AllFeatures)
            .Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false })
            .Where(t =>
                t.GetInterfaces()
                    .Any(i =>
                        i == contract
                        || (i.IsGenericType && i.GetGenericTypeDefinition() == contract)
                    )
            );
}
