from tests.floor.test_growth import *
import traceback
class Dbg(GrowthTests):
    test_every_page_costs_the_same_queries=None
    test_no_page_reads_the_more_rows_the_more_there_are=None
    def look(self,user,address):
        if "/sources/" not in address: return
        def remember(execute, sql, parameters, many, context):
            if "LIMIT 21" in sql:
                print("TRACE", sql[:60])
                print("".join(traceback.format_stack()[-60:]))
            return execute(sql, parameters, many, context)
        with connection.execute_wrapper(remember):
            self.client.get(address)
    def test_dbg(self):
        self.at_both_sizes(self.look)
