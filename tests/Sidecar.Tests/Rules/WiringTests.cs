using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features;
using Sidecar.Interactions;
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
        var book = new CommandBook(Registered.Commands.Select(c => c.Spec));
        var mentions = new Mentions(
            new Dictionary<string, UserId> { ["engineer"] = new("id") },
            new Dictionary<string, ChannelId>()
        );
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
