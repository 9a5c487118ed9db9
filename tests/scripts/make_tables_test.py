#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Rules of scripts/make_tables.py, on tiny facts written here."""
import contextlib
import io
import json
import sys
import tempfile
import unittest
from decimal import Decimal
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
import make_tables  # noqa: E402

CURATION = {
    "sources.csv": "id,title,publisher,year,url,doi,licence,note,known_as\n"
                   "maker-2024,Data sheet,Maker,2024,https://example.org,,,,maker_sheet maker\n"
                   "list-2026,List,Lister,2026,,10.1/x,CC BY 4.0,,\n"
                   "unused-2020,Unused,Nobody,2020,,,,,\n",
    "overrides.csv": "table,id,column,value\n",
    "place_names.csv": "id,name\nUS,America\nUS,USA\n",
    "towns.csv": "kind,name,aliases,state,country,region,source\ncity,Älvsjö,,,SE,SE,list-2026\npart,Bay,,US-AK,US,US-AK,list-2026\n",
    "providers.csv": "id,kind,runs_on,source,names,note\ngcp,cloud,,maker,Google,\nlab,notebook,gcp,maker,Lab;The Lab,\n",
    "energy_scopes.csv": "energy_scope,energy_of,energy_has_pue\nboards,accelerators,\nhall,it,true\nnodes,it,false\n",
}
PART = ("id,vendor,name,aliases,kind,form,year,memory_gb,tdp_w,peak_tflops_fp32,peak_tflops_fp16_or_bf16_dense,"
        "peak_tflops_fp8_dense,idle_w,source_id,devices_per_board\n")
RUN_COLUMNS = ("run_id kind family model organisation year source_id source_id_2 accelerator_printed accelerator_id "
               "accelerator_count wall_hours accelerator_hours avg_power_w_per_device power_basis tdp_w_stated "
               "params_total_b params_active_b tokens_b total_flops flops_basis utilisation_stated utilisation_kind "
               "achieved_tflops_per_device location pue grid_kgco2e_per_kwh grid_accounting energy_kwh energy_scope "
               "energy_basis energy_gpu_only_kwh co2e_t co2e_accounting co2e_net_t co2e_lb_printed embodied_t "
               "embodied_basis cost_usd_low cost_usd_high cost_basis usable_for circular confidence").split()


class MakeTablesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name)
        self.curation = dict(CURATION)

    def facts(self, **files):
        for name, text in self.curation.items():
            (self.path / name).write_text(text, encoding="utf-8")
        for stem, text in files.items():
            (self.path / f"{stem}.csv").write_text(text, encoding="utf-8")
        return make_tables.Facts([self.path / f"{stem}.csv" for stem in files], self.path)

    def table(self, name, **files):
        return make_tables.build_table(name, self.facts(**files))

    def test_a_number_keeps_its_digits_and_loses_only_trailing_zeros(self):
        for printed, written in (("2.50", "2.5"), ("126,000", "126000"), ("0.4327", "0.4327"), ("0", "0"),
                                 ("1e9", "1000000000"), ("3.14e+23", "3.14e+23"), ("1.4e-05", "0.000014")):
            self.assertEqual(make_tables.number_text(make_tables.number(printed)), written)

    def test_units_are_converted_exactly(self):
        self.assertEqual(make_tables.number_text(make_tables.scaled("0.065", "1e9")), "65000000")
        self.assertEqual(make_tables.number_text(make_tables.scaled("0.4327", "1000")), "432.7")

    def test_float_noise_of_large_counts_goes_away(self):
        for noisy, clean in (("1.7999999999999999e+25", "1.8e+25"), ("7.35000000001e+22", "7.35e+22")):
            self.assertEqual(make_tables.number_text(make_tables.without_float_noise(noisy)), clean)

    def test_a_table_has_one_row_per_line_and_only_known_keys(self):
        text = make_tables.table_text("t", [{"id": "a", "x": Decimal("1.50")}, {"id": "b"}])
        self.assertEqual(text, '{"table": "t", "schema": 1, "rows": [\n{"id": "a", "x": 1.5},\n{"id": "b"}\n]}\n')

    def test_missing_values_have_no_key_and_rows_are_sorted(self):
        rows = self.table("accelerators", accelerators=PART
                          + "z9,Maker,Z9,,gpu,pcie,2020,,,,,,,maker,1\na1,Maker,A1,,gpu,pcie,2020,8,75,,,,,maker,2\n")
        self.assertEqual([row["id"] for row in rows], ["a1", "z9"])
        self.assertNotIn("rated_power_w", rows[1])
        self.assertEqual(rows[1]["method"], "no published rated power")
        self.assertEqual((rows[0]["source"], rows[0]["year"]), (["maker-2024"], 2024))

    def test_laptop_and_inference_parts_are_left_out(self):
        rows = self.table("accelerators", accelerators=PART
                          + "m,Maker,M,,gpu,laptop,2020,,,,,,,maker,1\ntpu-v1,Maker,T,,tpu,board,2015,,,,,,,maker,1\n"
                          + "k,Maker,K,,gpu,pcie,2020,,,,,,,maker,1\n")
        self.assertEqual([row["id"] for row in rows], ["k"])

    def test_aliases_are_distinct_and_no_slices(self):
        row = {"id": "tpu-v3", "name": "TPU v3 (chip)", "aliases": "TPUv3|v3-8|v5litepod|trn1|Tensor 3|tensor_3"}
        self.assertEqual(make_tables.chip_aliases(row), ["Tensor 3"])

    def test_a_vendor_word_before_a_listed_name_is_no_second_ambiguous_name(self):
        parts = PART + "h-a,M,H A,,gpu,sxm,2020,,,,,,,maker,1\nh-b,M,H B,,gpu,pcie,2020,,,,,,,maker,1\n"
        rows = self.table("ambiguous_names", accelerators=parts, ambiguous_aliases=
                          "alias,default_id,candidate_ids,how_to_tell\nH100,h-a,h-a|h-b|gone,Form\nNVIDIA H100,,h-a,Form\n")
        self.assertEqual([(row["id"], row["candidates"]) for row in rows], [("H100", ["h-a", "h-b"])])

    def test_mobile_and_embedded_processors_have_no_class(self):
        for name, kind in (("Intel Xeon Platinum 8260M", "server"), ("Intel Xeon E3-1505M v5", ""),
                           ("AMD EPYC Embedded 3201", ""), ("Intel Xeon w7-3465X", "workstation"),
                           ("Intel Core i7-6700K", "desktop"), ("Intel Core i7-8550U", ""),
                           ("AMD Ryzen 5 7600X3D", "desktop"), ("AMD Ryzen 5 240", ""), ("AMD Ryzen 9 7945HX", "")):
            self.assertEqual(make_tables.cpu_class(name), kind, name)

    def test_the_range_of_an_accelerator_spans_its_card_level_figures_only(self):
        rows = [{"accelerator": "x", "component": "accelerator", "kgco2e": Decimal(5), "preferred": True},
                {"accelerator": "x", "component": "accelerator", "kgco2e": Decimal(9)},
                {"accelerator": "x", "component": "die", "kgco2e": Decimal(1)}]
        make_tables.add_embodied_ranges(rows)
        self.assertEqual((rows[0]["low_kgco2e"], rows[0]["high_kgco2e"]), (5, 9))

    PLACES = {
        "countries": "iso3166_alpha2,iso3166_alpha3,name,year,gco2e_per_kwh,method,source_id\n"
                     "US,USA,United States,2023,392.89,lifecycle,list-2026\nUS,USA,United States,2023,349.67,direct,maker\n"
                     ",X-WORLD,World,2023,480.0,lifecycle,list-2026\n",
        "subdivisions": "iso3166_2,name,year,lb_co2e_per_mwh,gco2e_per_kwh,method,basis,source_id\n"
                        "US-AK,Alaska,2023,905.12,410.56,direct,generation (total output),maker\n",
        "us_egrid_subregions": "subregion,name,egrid_year,lb_co2e_per_mwh,gco2e_per_kwh,source_id\n"
                               "US,United States average,2023,770.884,349.667,maker\nAKGD,Alaska Grid,2023,905,410.5,maker\n",
        "cloud_regions": "provider,region,location,country_alpha2,subdivision,grid_zone,gco2e_per_kwh,method,year,"
                         "cfe_percent,pue,pue_year,source_id,note\n"
                         "gcp,r1,Juneau,US,US-AK,AKGD,0,direct,2021,100,1.1,2021,maker,\n",
        "region_names": "provider,region_code,region_id,display_names,city,state,country,grid_zone,source,confidence\n"
                        "gcp,r1,gcp:r1,\"r1 (Juneau);Juneau, Alaska;Far North\",Juneau,US-AK,US,AKGD,list-2026,verified\n"
                        "runpod,X-1,,Alaska,,US-AK,US,US-AK,maker,verified\nrunpod,X-2,,Alaska,,US-AK,US,US-AK,,recalled\n",
        "sites": "id,names,operator,city,country,grid_zone,pue,pue_year,kind,notes,confidence,location_source\n"
                 "puhti,Puhti;CSC Puhti,CSC,Kajaani,FI,FI,1.02,2019,hpc,,verified,list-2026\n"
                 "dawn,Dawn;Dawn (AIRR);Sol,University,Town,US-AK,AKGD,1.1,2020,hpc,bare word,verified,list-2026+maker\n"
                 "hall,Hall 1;PAR1,Hall,,FR,FR,1.3,2020,rental,,verified,maker\n"
                 "guess,Guess,,,FR,FR,,,hpc,,recalled,maker\nnote,Note,,,US,US,,,notebook,,verified,maker\n",
    }

    def test_the_finer_of_two_roundings_stays_and_zero_is_a_value(self):
        rows = {row["id"]: row for row in self.table("grid", **self.PLACES)}
        self.assertEqual(rows["US:2023:direct"]["intensity_g_per_kwh"], Decimal("349.667"))
        self.assertEqual(rows["gcp:r1:2021:direct"]["intensity_g_per_kwh"], 0)
        self.assertEqual(rows["US-AK:2023:direct"]["basis"], "generation")

    def test_two_figures_that_are_no_roundings_of_each_other_are_refused(self):
        places = {**self.PLACES, "us_egrid_subregions": self.PLACES["us_egrid_subregions"].replace("349.667", "360")}
        with self.assertRaisesRegex(make_tables.DataError, "US:2023:direct"):
            self.table("grid", **places)

    def test_the_united_states_are_one_region_with_their_other_names(self):
        rows = {row["id"]: row for row in self.table("regions", **self.PLACES)}
        self.assertEqual(set(rows), {"US", "X-WORLD", "US-AK", "AKGD", "gcp:r1", "runpod:X-1", "puhti", "dawn", "hall"})
        self.assertEqual(rows["US"]["aliases"], ["USA", "America"])
        self.assertEqual((rows["gcp:r1"]["zone"], rows["gcp:r1"]["country"]), ("AKGD", "US"))

    def test_names_of_consoles_hold_neither_code_nor_country_and_ordinary_words_name_no_site(self):
        rows = {row["id"]: row for row in self.table("regions", **self.PLACES)}
        self.assertEqual(rows["gcp:r1"]["aliases"], ["Far North"])
        self.assertEqual((rows["gcp:r1"]["state"], rows["gcp:r1"]["source"]), ("US-AK", ["maker-2024", "list-2026"]))
        self.assertEqual(rows["dawn"]["aliases"], ["Dawn (AIRR)"])
        self.assertNotIn("aliases", rows["hall"])
        self.assertEqual((rows["dawn"]["zone"], rows["dawn"]["country"]), ("AKGD", "US"))

    def test_names_with_accents_are_there_without_them_too(self):
        cities = "city,aliases,subdivision,country,id,named_by,confidence,ambiguity\nZürich,,,CH,CH,site:puhti,verified,\n"
        places = {name: self.PLACES[name] for name in ("region_names", "sites")}
        rows = {row["id"]: row for row in self.table("cities", cities=cities, **places)}
        self.assertEqual(rows["Zürich, CH"]["aliases"], ["Zurich"])
        self.assertEqual(rows["Älvsjö, SE"]["aliases"], ["Alvsjo"])
        self.assertEqual(rows["Bay, US-AK"]["region"], "US-AK")

    def test_a_provider_has_the_names_of_facts_and_curation(self):
        rows = {row["id"]: row for row in self.table("providers", provider_names="provider,names\ngcp,GCP;Google Cloud\n")}
        self.assertEqual((rows["gcp"]["name"], rows["gcp"]["aliases"]), ("GCP", ["Google Cloud", "Google"]))
        self.assertEqual((rows["lab"]["aliases"], rows["lab"]["runs_on"]), (["The Lab"], "gcp"))

    def test_recalled_planned_and_unconfirmed_pue_stay_out(self):
        pue = ("scope,name,year,pue,source_id,verification\nglobal average,x,2018,1.58,maker,secondary\n"
               "global average,x,2026,1.52,provider_pue_review_2026,secondary\nHPC centre,y,2022,1.20,maker,recalled\n"
               "provider site,gcp r1,2021,1.1,maker,compiled\nprovider site,gcp r2 (planned),2021,1.1,maker,compiled\n")
        self.curation["sources.csv"] += "csc-env-2019,Report,CSC,2020,,,,,\n"
        rows = self.table("pue", pue=pue, cloud_regions=self.PLACES["cloud_regions"], sites=self.PLACES["sites"])
        self.assertEqual([row["id"] for row in rows], ["gcp:r1:2021", "puhti:2019", "world:2018"])

    def test_pounds_stay_pounds_in_the_papers_own_set(self):
        self.curation["sources.csv"] += "strubell-2019,Energy and Policy,S,2019,,,,,\n"
        head = "id,label,unit,kgco2e_per_unit,value_printed,unit_printed,scope,year,source_id,confidence,notes\n"
        rows = self.table("equivalents", equivalents=head
                          + "strubell-car-lifetime,Cars,car,57152.64,126000,lb,,2019,s,two,\n"
                          + "strubell-us-kwh,kWh,kWh,0.43273,0.954,lb/kWh,,2019,s,two,\n"
                          + "strubell-x,X,x,1,2,lb,,2019,s,unverified_from_memory,\n")
        self.assertEqual([(row["id"], row["lb_per_unit"], "kg_per_unit" in row) for row in rows],
                         [("strubell-car-lifetime", 126000, False)])

    def test_a_run_counts_in_plain_units_and_only_an_mfu_is_called_so(self):
        cells = dict.fromkeys(RUN_COLUMNS, "")
        cells.update(run_id="r", kind="hours_only", family="f", model="m", organisation="o", year="2020",
                     source_id="maker", params_total_b="0.065", utilisation_stated="0.3", utilisation_kind="Epoch",
                     usable_for="F,C", confidence="one_source")
        row, = self.table("runs", published_runs=",".join(cells) + "\n"
                          + ",".join(f'"{value}"' for value in cells.values()) + "\n")
        self.assertEqual((row["parameters"], row["hardware_utilization"]), (65000000, Decimal("0.3")))
        self.assertNotIn("mfu", row)
        self.assertNotIn("energy_of", row)
        self.assertEqual(row["usable_for"], ["F", "C"])

    def test_what_the_energy_of_a_run_counts_is_curated_by_the_words_of_its_source(self):
        facts = self.facts()
        self.assertEqual(facts.what_energy_counts("nodes"), {"energy_of": "it", "energy_has_pue": False})
        self.assertEqual(facts.what_energy_counts("boards"), {"energy_of": "accelerators", "energy_has_pue": None})
        self.assertEqual(facts.what_energy_counts(""), {})
        with self.assertRaisesRegex(make_tables.DataError, "'half a node' is not in curation"):
            facts.what_energy_counts("half a node")

    def test_an_override_replaces_adds_or_takes_away_one_cell(self):
        self.curation["overrides.csv"] += "accelerators,a,note,Loud\naccelerators,a,memory_gb,\n"
        row, = self.table("accelerators", accelerators=PART + "a,M,A,,gpu,pcie,2020,8,75,,,,,maker,1\n")
        self.assertEqual((row["note"], "memory_gb" in row), ("Loud", False))

    def test_an_override_of_no_row_is_refused(self):
        self.curation["overrides.csv"] += "accelerators,gone,note,Loud\n"
        with self.assertRaisesRegex(make_tables.DataError, "gone"):
            self.table("accelerators", accelerators=PART + "a,M,A,,gpu,pcie,2020,8,75,,,,,maker,1\n")

    def test_an_unknown_source_is_refused_and_a_confirming_one_not_cited(self):
        facts = self.facts()
        self.assertEqual(facts.cite("maker_sheet; bingo-repro; maker"), ["maker-2024"])
        with self.assertRaisesRegex(make_tables.DataError, "nowhere"):
            facts.cite("nowhere")

    def test_sources_are_those_that_rows_cite(self):
        rows = make_tables.build_sources(self.facts(), {"t": [{"source": ["maker-2024"]}, {"source": ["list-2026"]}]})
        self.assertEqual([row["id"] for row in rows], ["list-2026", "maker-2024"])
        self.assertNotIn("known_as", rows[0])

    def test_check_finds_a_name_of_two_parts(self):
        parts = [{"id": "a", "name": "X 1"}, {"id": "b", "name": "B", "aliases": ["x-1"]}]
        self.assertEqual(len(make_tables.name_problems({"accelerators": parts})), 1)
        self.assertEqual(make_tables.name_problems({"accelerators": parts, "ambiguous_names": [{"id": "X1"}]}), [])

    def test_every_column_has_a_schema_with_its_rule(self):
        for name in make_tables.DECLARED:
            row = json.loads(make_tables.schema_text(name))["properties"]["rows"]["items"]
            self.assertFalse(row["additionalProperties"])
            self.assertEqual(set(row["properties"]), {column.key for column in make_tables.columns_of(name)})
            self.assertTrue(all(value["description"] for value in row["properties"].values()))

    def test_the_shipped_tables_are_sound(self):
        with contextlib.redirect_stdout(io.StringIO()) as said:
            self.assertEqual(make_tables.main(["check"]), 0, said.getvalue())


if __name__ == "__main__":
    unittest.main()
