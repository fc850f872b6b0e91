using System.Text.RegularExpressions;
using EventFunctions.Infrastructure.Tests.App;
using EventFunctions.Infrastructure.Tests.Bicep.Evaluation;
using EventFunctions.Infrastructure.Tests.Repository;
using EventFunctions.Infrastructure.Tests.Telemetry;

namespace EventFunctions.Infrastructure.Tests.Tests;

/// <summary>Alerts and the workbook ask for what is there: metrics that the app keeps, and metrics that services keep.</summary>
[Collection(InfrastructureCollection.Name)]
public sealed partial class TelemetryTests(Repository.Infrastructure infrastructure)
{
    private static readonly IReadOnlyList<PlatformMetric> OfServices = PlatformMetric.Load();

    /// <summary>The tables of telemetry that a question may begin with (https://learn.microsoft.com/azure/azure-monitor/app/data-model-complete).</summary>
    private static readonly string[] Tables = ["customMetrics", "requests", "traces", "exceptions", "dependencies"];

    [BicepFact]
    public void Every_metric_that_a_question_names_is_one_of_the_app()
    {
        var written = AppReferences.Texts();
        var named = Questions().SelectMany(q => AppMetric().Matches(q)).Select(m => m.Value).Distinct().ToList();

        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, name => !written.Contains(name));
    }

    [BicepFact]
    public void Every_question_begins_with_a_table_and_every_tag_is_in_the_description_of_the_telemetry()
    {
        var described = infrastructure.Files.ReadText("docs/telemetry.md");

        Assert.All(Questions(), question =>
        {
            Assert.Contains(question.TrimStart().Split(['\n', ' '])[0], Tables);
            Assert.All(Tag().Matches(question), tag => Assert.Contains($"`{tag.Groups["name"].Value}`", described, StringComparison.Ordinal));
        });
    }

    [BicepFact]
    public void Every_state_of_a_saga_that_a_question_names_is_in_the_description_of_the_telemetry()
    {
        var described = infrastructure.Files.ReadText("docs/telemetry.md");
        var states = Questions().SelectMany(q => States().Matches(q)).SelectMany(m => m.Groups["state"].Captures).Select(c => c.Value).Distinct().ToList();

        Assert.Contains("CompensationFailed", states);
        Assert.All(states, state => Assert.Contains($"`{state}`", described, StringComparison.Ordinal));
    }

    [BicepFact]
    public void Every_metric_of_a_service_is_one_that_it_keeps_and_the_table_has_no_other()
    {
        var used = infrastructure.Deploy(Configuration.Default).Of("Microsoft.Insights/metricAlerts").SelectMany(MetricsOf).Concat(Page().Metrics).ToList();

        Assert.DoesNotContain(used, use => !OfServices.Any(use.Fits));
        Assert.Empty(OfServices.Where(metric => !used.Any(use => use.Fits(metric))).Select(m => m.Name));
    }

    [BicepFact]
    public void Every_alert_tells_somebody() => Assert.All(infrastructure.All(), d =>
    {
        var group = d.Deployment.Of("Microsoft.Insights/actionGroups").Single().Id;

        Assert.All(d.Deployment.Of("Microsoft.Insights/metricAlerts"), a => Assert.Equal($"[{{actionGroupId: {group}}}]", $"{a.Property("properties.actions")}"));
        Assert.All(d.Deployment.Of("Microsoft.Insights/scheduledQueryRules"), a => Assert.Equal($"[{group}]", $"{a.Property("properties.actions.actionGroups")}"));
    });

    [Fact]
    public void A_metric_that_a_service_does_not_keep_like_that_is_seen()
    {
        var fits = new MetricUse("microsoft.servicebus/namespaces", "DeadletteredMessages", "Maximum", "EntityName");

        Assert.Contains(OfServices, fits.Fits);
        Assert.DoesNotContain(OfServices, (fits with { Name = "DeadLetteredMessages" }).Fits);
        Assert.DoesNotContain(OfServices, (fits with { Aggregation = "Total" }).Fits);
        Assert.DoesNotContain(OfServices, (fits with { Dimension = "StatusCode" }).Fits);
        Assert.DoesNotContain(OfServices, (fits with { Namespace = "Microsoft.DocumentDB/databaseAccounts" }).Fits);
    }

    [Fact]
    public void A_workbook_is_read_at_any_depth()
    {
        var page = Workbook.Read("""{ "items": [{ "content": { "query": "requests | count" } }, { "content": { "metrics": [{ "namespace": "a/b", "metric": "a/b--c", "aggregation": 3, "splitBy": "d" }] } }] }""");

        Assert.Equal(["requests | count"], page.Queries);
        Assert.Equal([new MetricUse("a/b", "c", "Maximum", "d")], page.Metrics);
    }

    private Workbook Page() => Workbook.Read(infrastructure.Files.ReadText("infra/workbooks/operations.json"));

    private List<string> Questions() =>
    [
        .. infrastructure.Deploy(Configuration.Default).Of("Microsoft.Insights/scheduledQueryRules")
            .SelectMany(a => Criteria(a).Select(c => $"{c["query"]}")),
        .. Page().Queries,
    ];

    private static IEnumerable<MetricUse> MetricsOf(DeployedResource alert) =>
        from criterion in Criteria(alert)
        from dimension in ((ListValue)criterion["dimensions"]!).Items.Cast<MapValue>().Select(d => $"{d["name"]}")
        select new MetricUse($"{criterion["metricNamespace"]}", $"{criterion["metricName"]}", $"{criterion["timeAggregation"]}", dimension);

    private static IEnumerable<MapValue> Criteria(DeployedResource alert) => ((ListValue)alert.Property("properties.criteria.allOf")!).Items.Cast<MapValue>();

    [GeneratedRegex(@"(?<=')eventfunctions\.[a-z_.]+(?=')", RegexOptions.None, 5000)]
    private static partial Regex AppMetric();

    [GeneratedRegex(@"customDimensions\['(?<name>[^']+)'\]", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"customDimensions\['state'\]\) in \(('(?<state>\w+)'(, )?)+\)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex States();
}
